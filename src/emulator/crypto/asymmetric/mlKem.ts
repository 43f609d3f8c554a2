// Node 22 has no decapsulate and encapsulate, and an import of a name that is not there would end the process.
import * as crypto from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import { ml_kem1024, ml_kem512, ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import type { MlKemParameterSet } from '../../../core/kms/keySpecs.ts';
import { nativeCrypto, nativePrivateKey } from '../capabilities.ts';
import { writePublicKey } from '../encoding/publicKeyInfo.ts';

export interface Encapsulation {
  /** 32 bytes. */
  readonly sharedSecret: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** An ML-KEM key (FIPS 203). */
export interface MlKemKey {
  /** DER SubjectPublicKeyInfo (RFC 9935). */
  publicKey(): Buffer;
  encapsulate(): Encapsulation;
  /**
   * The shared secret, or undefined for a ciphertext of the wrong length. A ciphertext made for another key gives a
   * secret that nobody else has (implicit rejection, FIPS 203, section 6.3), not an error.
   */
  decapsulate(ciphertext: Uint8Array): Uint8Array | undefined;
}

const parameterSets = { 'ML-KEM-512': ml_kem512, 'ML-KEM-768': ml_kem768, 'ML-KEM-1024': ml_kem1024 };
const ciphertextLengths: Readonly<Record<MlKemParameterSet, number>> = { 'ML-KEM-512': 768, 'ML-KEM-768': 1088, 'ML-KEM-1024': 1568 };

export const mlKemSeedLength = 64;

function pureKey(parameterSet: MlKemParameterSet, seed: Uint8Array): MlKemKey {
  const algorithm = parameterSets[parameterSet];
  const { publicKey, secretKey } = algorithm.keygen(seed);
  return {
    publicKey: () => writePublicKey(parameterSet, publicKey),
    encapsulate() {
      const { sharedSecret, cipherText } = algorithm.encapsulate(publicKey);
      return { sharedSecret, ciphertext: cipherText };
    },
    decapsulate: (ciphertext) => algorithm.decapsulate(ciphertext, secretKey),
  };
}

function nativeKey(parameterSet: MlKemParameterSet, seed: Uint8Array): MlKemKey {
  const privateKey = nativePrivateKey(parameterSet, seed);
  const publicKey = createPublicKey(privateKey);
  return {
    publicKey: () => publicKey.export({ type: 'spki', format: 'der' }),
    encapsulate() {
      const { sharedKey, ciphertext } = crypto.encapsulate(publicKey);
      return { sharedSecret: sharedKey, ciphertext };
    },
    decapsulate: (ciphertext) => crypto.decapsulate(privateKey, ciphertext),
  };
}

/** `seed` is d followed by z of FIPS 203, section 7.1: 64 bytes. */
export function loadMlKem(parameterSet: MlKemParameterSet, seed: Uint8Array, native = nativeCrypto): MlKemKey {
  const key = (native.mlKem ? nativeKey : pureKey)(parameterSet, seed);
  const length = ciphertextLengths[parameterSet];
  return { ...key, decapsulate: (ciphertext) => (ciphertext.length === length ? key.decapsulate(ciphertext) : undefined) };
}
