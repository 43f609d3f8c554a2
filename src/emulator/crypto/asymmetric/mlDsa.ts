import { createPublicKey, sign, verify } from 'node:crypto';
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import type { MlDsaParameterSet } from '../../../core/kms/keySpecs.ts';
import { nativeCrypto, nativePrivateKey } from '../capabilities.ts';
import { writePublicKey } from '../encoding/publicKeyInfo.ts';

/** An ML-DSA key (FIPS 204) with an empty context. */
export interface MlDsaKey {
  /** DER SubjectPublicKeyInfo (RFC 9881). */
  publicKey(): Buffer;
  sign(message: Uint8Array): Uint8Array;
  verify(message: Uint8Array, signature: Uint8Array): boolean;
  /** Signs the message representative of 64 bytes (FIPS 204, section 6.2, step 6) that was made elsewhere. */
  signRepresentative(representative: Uint8Array): Uint8Array;
  verifyRepresentative(representative: Uint8Array, signature: Uint8Array): boolean;
}

const parameterSets = { 'ML-DSA-44': ml_dsa44, 'ML-DSA-65': ml_dsa65, 'ML-DSA-87': ml_dsa87 };

export const mlDsaSeedLength = 32;
export const mlDsaRepresentativeLength = 64;

function pureKey(parameterSet: MlDsaParameterSet, seed: Uint8Array): MlDsaKey {
  const algorithm = parameterSets[parameterSet];
  const { publicKey, secretKey } = algorithm.keygen(seed);
  const rightLength = (signature: Uint8Array): boolean => signature.length === algorithm.lengths.signature;
  return {
    publicKey: () => writePublicKey(parameterSet, publicKey),
    sign: (message) => algorithm.sign(message, secretKey),
    verify: (message, signature) => rightLength(signature) && algorithm.verify(signature, message, publicKey),
    signRepresentative: (representative) => algorithm.internal.sign(representative, secretKey, { externalMu: true }),
    verifyRepresentative: (representative, signature) =>
      rightLength(signature) && algorithm.internal.verify(signature, representative, publicKey, { externalMu: true }),
  };
}

/** `seed` is the private key of FIPS 204, section 5.1: 32 bytes. The runtime cannot sign a representative. */
export function loadMlDsa(parameterSet: MlDsaParameterSet, seed: Uint8Array, native = nativeCrypto): MlDsaKey {
  if (!native.mlDsa) return pureKey(parameterSet, seed);
  const privateKey = nativePrivateKey(parameterSet, seed);
  const publicKey = createPublicKey(privateKey);
  return {
    publicKey: () => publicKey.export({ type: 'spki', format: 'der' }),
    sign: (message) => sign(null, message, privateKey),
    verify: (message, signature) => verify(null, message, publicKey, signature),
    signRepresentative: (representative) => pureKey(parameterSet, seed).signRepresentative(representative),
    verifyRepresentative: (representative, signature) => pureKey(parameterSet, seed).verifyRepresentative(representative, signature),
  };
}
