import { sm2 } from 'sm-crypto-v2';
import { contentOf, magnitudeOf, readSequence } from '../encoding/derReader.ts';
import { derTags, integer, octetString, sequence } from '../encoding/der.ts';
import { MalformedData, unlessMalformed } from '../encoding/malformedData.ts';
import { readPublicKey, writePublicKey } from '../encoding/publicKeyInfo.ts';

/**
 * SM2 (GB/T 32918) as AWS KMS offers it in the China Regions: signatures over SM3 with the default user id
 * 1234567812345678, public key encryption in the DER form of GB/T 35276, and plain Diffie-Hellman.
 */
export interface Sm2Key {
  /** Big-endian, 32 bytes. */
  readonly scalar: Uint8Array;
  /** The uncompressed point of 65 bytes. */
  readonly point: Buffer;
}

export const sm2ScalarLength = 32;
export const sm3Length = 32;

const coordinateLength = 32;
const order = BigInt('0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123');

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** Whether the bytes are a private key: 32 bytes, above zero and below the order less one (GB/T 32918.1, section 6.1). */
export function isSm2Scalar(scalar: Uint8Array): boolean {
  const value = BigInt(`0x0${hex(scalar)}`);
  return scalar.length === sm2ScalarLength && value > 0n && value < order - 1n;
}

export function generateSm2Scalar(): Uint8Array {
  return Buffer.from(sm2.generateKeyPairHex().privateKey, 'hex');
}

export function loadSm2(scalar: Uint8Array): Sm2Key {
  return { scalar, point: Buffer.from(sm2.getPublicKeyFromPrivateKey(hex(scalar)), 'hex') };
}

/** DER SubjectPublicKeyInfo (GB/T 35276). */
export function sm2PublicKey({ point }: Sm2Key): Buffer {
  return writePublicKey('SM2', point);
}

function padded(magnitude: Buffer): Buffer {
  if (magnitude.length > coordinateLength) throw new MalformedData();
  return Buffer.concat([Buffer.alloc(coordinateLength - magnitude.length), magnitude]);
}

/** SM3 of the message after the digest of the user id and the public key (GB/T 32918.2, section 6.1). */
export function sm2Digest({ point }: Sm2Key, message: Uint8Array): Buffer {
  return Buffer.from(sm2.getHash(message, hex(point)), 'hex');
}

/** The signature of a digest as a DER SEQUENCE of r and s. */
export function signSm2({ scalar }: Sm2Key, digest: Uint8Array): Buffer {
  const signature = Buffer.from(sm2.doSignature(digest, hex(scalar)), 'hex');
  return sequence(integer(signature.subarray(0, coordinateLength)), integer(signature.subarray(coordinateLength)));
}

export function verifySm2({ point }: Sm2Key, digest: Uint8Array, signature: Uint8Array): boolean {
  const numbers = unlessMalformed(() => {
    const [r, s, ...rest] = readSequence(Buffer.from(signature));
    if (rest.length > 0) throw new MalformedData();
    return [padded(magnitudeOf(r)), padded(magnitudeOf(s))];
  });
  if (!numbers?.every(isBelowOrder)) return false;
  return sm2.doVerifySignature(digest, hex(Buffer.concat(numbers)), hex(point));
}

function isBelowOrder(number: Buffer): boolean {
  const value = BigInt(`0x${number.toString('hex')}`);
  return value > 0n && value < order;
}

/** The point, the check value and the ciphertext in a DER SEQUENCE (GB/T 35276, SM2Cipher). */
export function encryptSm2({ point }: Pick<Sm2Key, 'point'>, plaintext: Uint8Array): Buffer {
  const plain = Buffer.from(sm2.doEncrypt(plaintext, hex(point)), 'hex');
  const check = 2 * coordinateLength;
  const cipher = check + sm3Length;
  return sequence(
    integer(plain.subarray(0, coordinateLength)),
    integer(plain.subarray(coordinateLength, check)),
    octetString(plain.subarray(check, cipher)),
    octetString(plain.subarray(cipher)),
  );
}

/** The plaintext, or undefined when the ciphertext was not made for this key. */
export function decryptSm2({ scalar }: Sm2Key, ciphertext: Uint8Array): Buffer | undefined {
  const parts = unlessMalformed(() => {
    const [x, y, check, cipher, ...rest] = readSequence(Buffer.from(ciphertext));
    const checkValue = contentOf(check, derTags.octetString);
    if (rest.length > 0 || checkValue.length !== sm3Length) throw new MalformedData();
    return [padded(magnitudeOf(x)), padded(magnitudeOf(y)), checkValue, contentOf(cipher, derTags.octetString)];
  });
  if (!parts) return undefined;
  let plaintext: Uint8Array;
  try {
    plaintext = sm2.doDecrypt(hex(Buffer.concat(parts)), hex(scalar), 1, { output: 'array' });
  } catch {
    // The point is not on the curve.
    return undefined;
  }
  // The library gives nothing for a wrong check value; nothing at all is never encrypted.
  return plaintext.length === 0 ? undefined : Buffer.from(plaintext);
}

/** The x coordinate of the shared point, or undefined when `peer` is not a SubjectPublicKeyInfo of a point of SM2. */
export function agreeSm2({ scalar }: Sm2Key, peer: Uint8Array): Buffer | undefined {
  const point = readPublicKey('SM2', peer);
  if (!point) return undefined;
  try {
    return Buffer.from(sm2.ecdh(scalar, new Uint8Array(point)).subarray(1));
  } catch {
    // The bytes are no point, or one that is not on the curve.
    return undefined;
  }
}
