import { derTags } from './der.ts';
import { MalformedData } from './malformedData.ts';

/** One value of a DER encoding, with the bytes it was read from. */
export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
  readonly encoded: Buffer;
}

function readLength(bytes: Buffer, offset: number): { readonly length: number; readonly start: number } {
  const first = bytes[offset];
  if (first === undefined) throw new MalformedData();
  if (first < 0x80) return { length: first, start: offset + 1 };
  const count = first & 0x7f;
  const start = offset + 1 + count;
  if (count === 0 || count > 3 || start > bytes.length) throw new MalformedData();
  const length = bytes.readUIntBE(offset + 1, count);
  // DER has one length for each content: the shortest.
  if (length < 0x80 || length < 2 ** (8 * (count - 1))) throw new MalformedData();
  return { length, start };
}

/** The values that fill `bytes` one after the other. Throws MalformedData. */
export function readValues(bytes: Buffer): DerValue[] {
  const values: DerValue[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const tag = bytes.readUInt8(offset);
    const { length, start } = readLength(bytes, offset + 1);
    const end = start + length;
    if ((tag & 0x1f) === 0x1f || end > bytes.length) throw new MalformedData();
    values.push({ tag, content: bytes.subarray(start, end), encoded: bytes.subarray(offset, end) });
    offset = end;
  }
  return values;
}

/** The content of a value that has to have this tag. */
export function contentOf(value: DerValue | undefined, tag: number): Buffer {
  if (value?.tag !== tag) throw new MalformedData();
  return value.content;
}

/** The values in a SEQUENCE that is all of `bytes`. */
export function readSequence(bytes: Buffer): DerValue[] {
  const [value, ...rest] = readValues(bytes);
  if (rest.length > 0) throw new MalformedData();
  return readValues(contentOf(value, derTags.sequence));
}

/** The bytes of a BIT STRING of whole bytes. */
export function bitsOf(value: DerValue | undefined): Buffer {
  const content = contentOf(value, derTags.bitString);
  if (content[0] !== 0) throw new MalformedData();
  return content.subarray(1);
}

/** The magnitude of an INTEGER that is not negative, without leading zeros. */
export function magnitudeOf(value: DerValue | undefined): Buffer {
  const content = contentOf(value, derTags.integer);
  const [first, second = 0] = content;
  if (first === undefined || first > 0x7f) throw new MalformedData();
  if (first !== 0 || content.length === 1) return content;
  if (second < 0x80) throw new MalformedData();
  return content.subarray(1);
}

/** The value of an INTEGER that is a version number. */
export function versionOf(value: DerValue | undefined): number {
  const magnitude = magnitudeOf(value);
  if (magnitude.length > 1) throw new MalformedData();
  return magnitude.readUInt8(0);
}
