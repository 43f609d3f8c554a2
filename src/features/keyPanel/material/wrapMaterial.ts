import { constants, createPublicKey, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';
import { wrapPadded } from './keyWrap.ts';
import type { WrappingAlgorithm } from './wrappings.ts';

const hashes: Readonly<Record<WrappingAlgorithm, 'sha1' | 'sha256'>> = {
  RSAES_OAEP_SHA_256: 'sha256',
  RSAES_OAEP_SHA_1: 'sha1',
  RSA_AES_KEY_WRAP_SHA_256: 'sha256',
  RSA_AES_KEY_WRAP_SHA_1: 'sha1',
};

/**
 * Wraps key material for ImportKeyMaterial under KMS's public key, given as DER SubjectPublicKeyInfo
 * (https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-encrypt-key-material.html). The material is the
 * caller's to clear.
 */
export function wrapMaterial(algorithm: WrappingAlgorithm, spki: Uint8Array, material: Uint8Array): Buffer {
  const publicKey = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const hash = hashes[algorithm];
  if (algorithm.startsWith('RSAES_OAEP')) return encrypt(publicKey, hash, material);
  const aesKey = randomBytes(32);
  try {
    return Buffer.concat([encrypt(publicKey, hash, aesKey), wrapPadded(aesKey, material)]);
  } finally {
    aesKey.fill(0);
  }
}

function encrypt(key: KeyObject, oaepHash: 'sha1' | 'sha256', bytes: Uint8Array): Buffer {
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, bytes);
}
