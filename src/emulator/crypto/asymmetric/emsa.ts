import { createHash, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SigningHash } from '../../../core/kms/keySpecs.ts';

/** The encodings under an RSA signature (RFC 8017, section 9), over a digest that is already there. */

/** DER of DigestInfo up to the digest (RFC 8017, section 9.2, note 1). */
const digestInfoPrefixes: Readonly<Record<SigningHash, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

/** EMSA-PKCS1-v1_5 for a modulus of `length` bytes. */
export function encodePkcs1(digest: Uint8Array, algorithm: SigningHash, length: number): Buffer {
  const info = Buffer.concat([Buffer.from(digestInfoPrefixes[algorithm], 'hex'), digest]);
  const padding = Buffer.alloc(length - info.length - 3, 0xff);
  return Buffer.concat([Buffer.from([0, 1]), padding, Buffer.from([0]), info]);
}

function maskGeneration(seed: Uint8Array, length: number, algorithm: SigningHash): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0, made = 0; made < length; counter += 1) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const block = createHash(algorithm).update(seed).update(count).digest();
    blocks.push(block);
    made += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
}

function saltedHash(digest: Uint8Array, salt: Uint8Array, algorithm: SigningHash): Buffer {
  return hash(algorithm, Buffer.concat([Buffer.alloc(8), digest, salt]), 'buffer');
}

/** EMSA-PSS with MGF1 of the same hash and a salt as long as the digest, for a modulus of `length` bytes. */
export function encodePss(digest: Uint8Array, algorithm: SigningHash, length: number): Buffer {
  const salt = randomBytes(digest.length);
  const salted = saltedHash(digest, salt, algorithm);
  const data = Buffer.concat([Buffer.alloc(length - 2 * digest.length - 2), Buffer.from([1]), salt]);
  const masked = xor(data, maskGeneration(salted, data.length, algorithm));
  // A KMS modulus has a multiple of eight bits, so exactly the top bit has to be clear.
  masked.writeUInt8(masked.readUInt8(0) & 0x7f, 0);
  return Buffer.concat([masked, salted, Buffer.from([0xbc])]);
}

/** Whether `encoded` is an EMSA-PSS encoding of `digest` with a salt as long as the digest. */
export function verifyPss(encoded: Buffer, digest: Uint8Array, algorithm: SigningHash): boolean {
  const dataLength = encoded.length - digest.length - 1;
  const masked = encoded.subarray(0, dataLength);
  const salted = encoded.subarray(dataLength, -1);
  if (encoded.at(-1) !== 0xbc || masked.readUInt8(0) > 0x7f) return false;
  const data = xor(masked, maskGeneration(salted, dataLength, algorithm));
  data.writeUInt8(data.readUInt8(0) & 0x7f, 0);
  const padding = data.subarray(0, dataLength - digest.length);
  if (padding.at(-1) !== 1 || padding.subarray(0, -1).some((byte) => byte !== 0)) return false;
  return timingSafeEqual(saltedHash(digest, data.subarray(-digest.length), algorithm), salted);
}
