import { type KeySpecName, keySpecs } from '../../core/kms/keySpecs.ts';
import { decryptOaep, modulusLength, type OaepHash } from './asymmetric/rsa.ts';
import { decryptSm2 } from './asymmetric/sm2.ts';
import type { LoadedMaterial } from './keyMaterial.ts';
import { isMaterial, materialFromPkcs8 } from './privateKeys.ts';

/**
 * Key material on its way in (https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-encrypt-key-material.html).
 * A wrapping key is material of the spec that WrappingKeySpec names.
 */

/** The wrapping algorithms that are still offered. RSAES_PKCS1_V1_5 has been refused since October 2023. */
export type WrappingAlgorithm =
  | 'RSAES_OAEP_SHA_1'
  | 'RSAES_OAEP_SHA_256'
  | 'RSA_AES_KEY_WRAP_SHA_1'
  | 'RSA_AES_KEY_WRAP_SHA_256'
  | 'SM2PKE';

interface RsaWrapping {
  readonly hash: OaepHash;
  /** Whether RSA carries an AES key, and that the material. */
  readonly keyWrap: boolean;
}

const rsaWrappings: Readonly<Record<Exclude<WrappingAlgorithm, 'SM2PKE'>, RsaWrapping>> = {
  RSAES_OAEP_SHA_1: { hash: 'sha1', keyWrap: false },
  RSAES_OAEP_SHA_256: { hash: 'sha256', keyWrap: false },
  RSA_AES_KEY_WRAP_SHA_1: { hash: 'sha1', keyWrap: true },
  RSA_AES_KEY_WRAP_SHA_256: { hash: 'sha256', keyWrap: true },
};

const aesKeyLengths = [16, 24, 32];

/**
 * AES key wrap with padding (RFC 5649), in pure code because not every runtime has it. Undefined when the bytes were not
 * wrapped with this key.
 */
export async function unwrapPadded(aesKey: Uint8Array, wrapped: Uint8Array): Promise<Uint8Array | undefined> {
  if (!aesKeyLengths.includes(aesKey.length)) return undefined;
  // Its tables are megabytes, which few processes ever need.
  const { aeskwp } = await import('@noble/ciphers/aes.js');
  try {
    return aeskwp(aesKey).decrypt(wrapped);
  } catch {
    // The integrity check of the key wrap has failed, or the length is none that it gives.
    return undefined;
  }
}

/** The material out of EncryptedKeyMaterial, or undefined when it was not wrapped for this key with this algorithm. */
export async function unwrapMaterial(algorithm: WrappingAlgorithm, wrapping: LoadedMaterial, wrapped: Uint8Array): Promise<Uint8Array | undefined> {
  if (algorithm === 'SM2PKE') return wrapping.kind === 'sm2' ? decryptSm2(wrapping.key, wrapped) : undefined;
  if (wrapping.kind !== 'rsa') return undefined;
  const { hash, keyWrap } = rsaWrappings[algorithm];
  if (!keyWrap) return decryptOaep(wrapping.key, hash, wrapped);
  const length = modulusLength(wrapping.key);
  const aesKey = decryptOaep(wrapping.key, hash, wrapped.subarray(0, length));
  return aesKey && unwrapPadded(aesKey, wrapped.subarray(length));
}

/**
 * Material as it is stored, out of the bytes that were wrapped: raw for symmetric and HMAC keys, a private key in PKCS #8
 * DER for the others. Undefined when the bytes are not material of exactly this spec.
 */
export function importedMaterial(spec: KeySpecName, plaintext: Uint8Array): Uint8Array | undefined {
  const { kind } = keySpecs[spec];
  if (kind !== 'symmetric' && kind !== 'hmac') return materialFromPkcs8(spec, Buffer.from(plaintext));
  return isMaterial(spec, plaintext) ? plaintext : undefined;
}
