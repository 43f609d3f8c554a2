import { constants, createPublicKey, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { wrapPadded } from './keyWrap.ts';
import type { RsaWrappingAlgorithm, WrappingAlgorithm } from './wrappings.ts';

const hashes: Readonly<Record<RsaWrappingAlgorithm, 'sha1' | 'sha256'>> = {
  RSAES_OAEP_SHA_256: 'sha256',
  RSAES_OAEP_SHA_1: 'sha1',
  RSA_AES_KEY_WRAP_SHA_256: 'sha256',
  RSA_AES_KEY_WRAP_SHA_1: 'sha1',
};

/**
 * Wraps key material for ImportKeyMaterial under KMS's public key, given as DER SubjectPublicKeyInfo
 * (https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-encrypt-key-material.html). The material is the
 * caller's to clear. Rejects with INVALID_REQUEST for a public key that does not fit SM2PKE.
 */
export async function wrapMaterial(algorithm: WrappingAlgorithm, spki: Uint8Array, material: Uint8Array): Promise<Buffer> {
  if (algorithm !== 'SM2PKE') return wrapRsa(algorithm, spki, material);
  // SM2 is a library of its own, which few people ever need.
  const { wrapSm2 } = await import('./wrapSm2.ts');
  const wrapped = wrapSm2(spki, material);
  if (wrapped === undefined) throw new KmsExplorerError('INVALID_REQUEST', 'KMS gave a wrapping key that is none of SM2. Nothing was sent.');
  return wrapped;
}

function wrapRsa(algorithm: RsaWrappingAlgorithm, spki: Uint8Array, material: Uint8Array): Buffer {
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
