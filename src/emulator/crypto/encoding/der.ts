/** Writes DER (ITU-T X.690): the parts of it that keys, certificates and CMS messages are made of. */

export const derTags = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const;

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xffff ? 6 : length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

/** One value: a tag, the length and the content. Contents have at most 2^24 - 1 bytes. */
export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

export function sequence(...content: readonly Uint8Array[]): Buffer {
  return der(derTags.sequence, ...content);
}

export function octetString(content: Uint8Array): Buffer {
  return der(derTags.octetString, content);
}

/** A BIT STRING of whole bytes. */
export function bitString(content: Uint8Array): Buffer {
  return der(derTags.bitString, Buffer.from([0]), content);
}

/** The INTEGER of an unsigned big-endian number. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Buffer.from([0]) : Buffer.from(bytes.subarray(first));
  return der(derTags.integer, digits.readUInt8(0) > 0x7f ? Buffer.concat([Buffer.from([0]), digits]) : digits);
}

/** The INTEGER of a version number. */
export function smallInteger(value: number): Buffer {
  return integer(Buffer.from([value]));
}

/** `[number]` around one value (explicit), or in the place of its tag when the content is constructed (implicit). */
export function context(number: number, ...content: readonly Uint8Array[]): Buffer {
  return der(0xa0 | number, ...content);
}

/** `[number]` in the place of the tag of a primitive value. */
export function primitiveContext(number: number, content: Uint8Array): Buffer {
  return der(0x80 | number, content);
}

function base128(value: bigint): number[] {
  const digits = [Number(value & 0x7fn)];
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) digits.unshift(Number(rest & 0x7fn) | 0x80);
  return digits;
}

/** An OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  return der(derTags.objectIdentifier, Buffer.from([first * 40n + second, ...rest].flatMap(base128)));
}
