import { createPublicKey, hash, sign, verify } from 'node:crypto';
import type { SigningHash } from '../../../core/kms/keySpecs.ts';
import { type EcKey, ecPoint, pureCurves } from './ecKey.ts';

/**
 * ECDSA with signatures in DER (RFC 3279, section 2.2.3). The runtime signs whole messages. Its `sign` always hashes, so
 * a digest made elsewhere is signed in pure code.
 */

const options = { prehash: false, lowS: false, format: 'der' } as const;

export function signDigest({ curve, scalar }: EcKey, digest: Uint8Array): Uint8Array {
  return pureCurves[curve].sign(digest, scalar, options);
}

export function verifyDigest(key: EcKey, digest: Uint8Array, signature: Uint8Array): boolean {
  try {
    return pureCurves[key.curve].verify(signature, digest, ecPoint(key), options);
  } catch {
    // Bytes that are not strict DER are no signature.
    return false;
  }
}

export function signMessage(key: EcKey, algorithm: SigningHash, message: Uint8Array): Uint8Array {
  return key.native ? sign(algorithm, message, key.native) : signDigest(key, hash(algorithm, message, 'buffer'));
}

export function verifyMessage(key: EcKey, algorithm: SigningHash, message: Uint8Array, signature: Uint8Array): boolean {
  return key.native
    ? verify(algorithm, message, createPublicKey(key.native), signature)
    : verifyDigest(key, hash(algorithm, message, 'buffer'), signature);
}
