import {
  constants,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  privateEncrypt,
  publicDecrypt,
  publicEncrypt,
  timingSafeEqual,
} from 'node:crypto';
import type { SigningHash } from '../../../core/kms/keySpecs.ts';
import { encodePkcs1, encodePss, verifyPss } from './emsa.ts';

const { RSA_NO_PADDING, RSA_PKCS1_OAEP_PADDING } = constants;

export type OaepHash = 'sha1' | 'sha256';
export type SignaturePadding = 'pkcs1' | 'pss';

/** In bytes. */
export function modulusLength(key: KeyObject): number {
  return (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
}

/** RSAES-OAEP (RFC 8017, section 7.1) with MGF1 of the same hash and no label, as AWS KMS uses it. */
export function encryptOaep(key: KeyObject, oaepHash: OaepHash, plaintext: Uint8Array): Buffer {
  return publicEncrypt({ key: createPublicKey(key), padding: RSA_PKCS1_OAEP_PADDING, oaepHash }, plaintext);
}

/** The plaintext, or undefined when the ciphertext was not made for this key and hash. */
export function decryptOaep(key: KeyObject, oaepHash: OaepHash, ciphertext: Uint8Array): Buffer | undefined {
  // OpenSSL takes a shorter text for the number with its leading zeros left out; RFC 8017 does not.
  if (ciphertext.length !== modulusLength(key)) return undefined;
  try {
    return privateDecrypt({ key, padding: RSA_PKCS1_OAEP_PADDING, oaepHash }, ciphertext);
  } catch {
    return undefined;
  }
}

/** Signs a digest: the encoding is made here, so that a digest made elsewhere is not hashed again. */
export function signRsa(key: KeyObject, padding: SignaturePadding, algorithm: SigningHash, digest: Uint8Array): Buffer {
  const encode = padding === 'pss' ? encodePss : encodePkcs1;
  return privateEncrypt({ key, padding: RSA_NO_PADDING }, encode(digest, algorithm, modulusLength(key)));
}

export function verifyRsa(
  key: KeyObject,
  padding: SignaturePadding,
  algorithm: SigningHash,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const length = modulusLength(key);
  if (signature.length !== length) return false;
  let encoded: Buffer;
  try {
    encoded = publicDecrypt({ key: createPublicKey(key), padding: RSA_NO_PADDING }, signature);
  } catch {
    // A number that is not below the modulus is no signature.
    return false;
  }
  return padding === 'pss'
    ? verifyPss(encoded, digest, algorithm)
    : timingSafeEqual(encoded, encodePkcs1(digest, algorithm, length));
}
