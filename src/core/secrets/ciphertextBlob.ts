/**
 * Whether bytes have the structure of a ciphertext that KMS made with a symmetric key. All lengths must add up, so that
 * other base64 is not taken for one. Known are today's layout (base64 starts AQICAH), the one before it without the
 * 17-byte field (AQECAH), and that one wrapped in key hash and length, as KMS wrote until 2016 (CiA to CiD).
 * A ciphertext of an RSA or SM2 key is raw and cannot be told from random bytes.
 */
export function isSymmetricCiphertext(bytes: Uint8Array): boolean {
  return isBlob(bytes) || isWrappedBlob(bytes);
}

const keyHashLength = 32;
const headerLength = 5;

function isBlob(bytes: Uint8Array): boolean {
  const [version, layout, operation, high, low] = bytes;
  if (version !== 1 || high !== 0 || low !== 0x78) return false;
  if ((layout !== 1 && layout !== 2) || (operation !== 2 && operation !== 3)) return false;
  const randomAt = headerLength + keyHashLength;
  if (layout === 2 && bytes[randomAt] !== 1) return false;
  return hasMessageAt(bytes, randomAt + (layout === 2 ? 17 : 0));
}

/** A 32-bit length, and a DER sequence of that length that ends the blob. */
function hasMessageAt(bytes: Uint8Array, at: number): boolean {
  if (bytes.length < at + 6) return false;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
  const start = at + 4;
  return start + length === bytes.length && bytes[start] === 0x30 && derEnd(bytes, start) === bytes.length;
}

/** Where a DER value with a short length or one of up to three bytes ends (X.690, section 8.1.3). */
function derEnd(bytes: Uint8Array, start: number): number | undefined {
  const first = bytes[start + 1] ?? 0;
  if (first < 0x80) return start + 2 + first;
  const count = first & 0x7f;
  if (count === 0 || count > 3) return undefined;
  const length = bytes.subarray(start + 2, start + 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  return start + 2 + count + length;
}

/** Protocol buffer fields: 0x0a the 32-byte key hash, 0x12 the blob with its length as a varint of one or two bytes. */
function isWrappedBlob(bytes: Uint8Array): boolean {
  const lengthAt = 2 + keyHashLength + 1;
  if (bytes[0] !== 0x0a || bytes[1] !== keyHashLength || bytes[lengthAt - 1] !== 0x12) return false;
  const low = bytes[lengthAt] ?? 0;
  const isLong = low >= 0x80;
  const length = isLong ? (low & 0x7f) + (bytes[lengthAt + 1] ?? 0) * 128 : low;
  const start = lengthAt + (isLong ? 2 : 1);
  return start + length === bytes.length && isBlob(bytes.subarray(start));
}
