import { toHex } from './hex.ts';

/** What a ciphertext of a symmetric key shows without being decrypted. It names neither its key nor its Region. */
export interface CiphertextFacts {
  /** Today's layout, the one before it without the random field, and that one as it was wrapped until 2016. */
  readonly layout: 'current' | 'former' | 'wrapped';
  /** The operation that made it; all that make data keys count as GenerateDataKey. */
  readonly maker: 'Encrypt' | 'GenerateDataKey';
  /** The first byte; only 1 is known. */
  readonly version: number;
  /** Hexadecimal digits that every ciphertext of the same key material shares. */
  readonly keyHash: string;
  /** In bytes; undefined when the message within has another structure than the known one. */
  readonly plaintextLength: number | undefined;
}

/**
 * Reads bytes that have the structure of a ciphertext that KMS made with a symmetric key; undefined for any others. All
 * lengths must add up, so that other base64 is not taken for one. Known are today's layout (base64 starts AQICAH), the
 * one before it without the 17-byte field (AQECAH), and that one wrapped in key hash and length, as KMS wrote until 2016
 * (CiA to CiD). A ciphertext of an RSA or SM2 key is raw and cannot be told from random bytes.
 */
export function readCiphertext(bytes: Uint8Array): CiphertextFacts | undefined {
  const wrapped = wrappedBlob(bytes);
  if (wrapped === undefined) return readBlob(bytes);
  const facts = readBlob(wrapped);
  return facts && { ...facts, layout: 'wrapped' };
}

/** Whether bytes have the structure of a ciphertext that KMS made with a symmetric key. */
export function isSymmetricCiphertext(bytes: Uint8Array): boolean {
  return readCiphertext(bytes) !== undefined;
}

const keyHashLength = 32;
const headerLength = 5;
/** What KMS adds to a plaintext within the message: a tag of 16 bytes and 11 bytes of framing. */
const messageOverhead = 27;

function readBlob(bytes: Uint8Array): CiphertextFacts | undefined {
  const [version, layout, operation, high, low] = bytes;
  if (version !== 1 || high !== 0 || low !== 0x78) return undefined;
  if ((layout !== 1 && layout !== 2) || (operation !== 2 && operation !== 3)) return undefined;
  const randomAt = headerLength + keyHashLength;
  if (layout === 2 && bytes[randomAt] !== 1) return undefined;
  const messageAt = randomAt + (layout === 2 ? 17 : 0) + 4;
  if (!hasMessageAt(bytes, messageAt)) return undefined;
  return {
    layout: layout === 2 ? 'current' : 'former',
    maker: operation === 2 ? 'Encrypt' : 'GenerateDataKey',
    version,
    keyHash: toHex(bytes.subarray(headerLength, randomAt)),
    plaintextLength: plaintextLengthOf(bytes, messageAt),
  };
}

/** A DER sequence that ends the blob, with its length in the 32 bits before it. */
function hasMessageAt(bytes: Uint8Array, start: number): boolean {
  if (bytes.length < start + 2) return false;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(start - 4);
  return start + length === bytes.length && bytes[start] === 0x30 && derAt(bytes, start)?.end === bytes.length;
}

/** The message is CMS EncryptedData (RFC 5652, section 8), whose innermost last member [0] holds the encrypted bytes. */
function plaintextLengthOf(bytes: Uint8Array, messageAt: number): number | undefined {
  const path = [0x30, 0xa0, 0x30, 0x30, 0x80];
  let value = derAt(bytes, messageAt);
  for (const tag of path) {
    if (value?.tag !== tag) return undefined;
    if (tag !== path.at(-1)) value = tag === 0xa0 ? derAt(bytes, value.start) : lastIn(bytes, value);
  }
  const length = value === undefined ? -1 : value.end - value.start - messageOverhead;
  return length >= 0 ? length : undefined;
}

interface DerValue {
  readonly tag: number;
  /** Of the content. */
  readonly start: number;
  readonly end: number;
}

/** A DER value with a short length or one of up to three bytes (X.690, section 8.1.3). */
function derAt(bytes: Uint8Array, at: number): DerValue | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return undefined;
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first };
  const count = first & 0x7f;
  if (count === 0 || count > 3) return undefined;
  const length = bytes.subarray(at + 2, at + 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  return { tag, start: at + 2 + count, end: at + 2 + count + length };
}

/** The last value in a constructed one, if the values in it fill it. */
function lastIn(bytes: Uint8Array, { start, end }: DerValue): DerValue | undefined {
  let value = derAt(bytes, start);
  while (value !== undefined && value.end < end) value = derAt(bytes, value.end);
  return value?.end === end ? value : undefined;
}

/** The blob in protocol buffer fields: 0x0a the 32-byte key hash, 0x12 the blob, its length a varint of one or two bytes. */
function wrappedBlob(bytes: Uint8Array): Uint8Array | undefined {
  const lengthAt = 2 + keyHashLength + 1;
  if (bytes[0] !== 0x0a || bytes[1] !== keyHashLength || bytes[lengthAt - 1] !== 0x12) return undefined;
  const low = bytes[lengthAt] ?? 0;
  const isLong = low >= 0x80;
  const length = isLong ? (low & 0x7f) + (bytes[lengthAt + 1] ?? 0) * 128 : low;
  const start = lengthAt + (isLong ? 2 : 1);
  return start + length === bytes.length ? bytes.subarray(start) : undefined;
}
