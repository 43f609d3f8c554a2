// Node 22 has no decapsulate and encapsulate, and an import of a name that is not there would end the process.
import * as crypto from 'node:crypto';
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { KeyAlgorithm } from './encoding/keyAlgorithms.ts';
import { writePrivateKey } from './encoding/privateKeyInfo.ts';

/**
 * What the runtime's own crypto can do of that which not every runtime can. Plain Node has OpenSSL; Electron, in which
 * desktop VS Code runs extensions, has BoringSSL with fewer algorithms.
 */
export interface NativeCrypto {
  readonly secp256k1: boolean;
  readonly mlDsa: boolean;
  readonly mlKem: boolean;
}

function signs(key: KeyObject, hash: string | null): boolean {
  const message = Buffer.from('capability');
  return verify(hash, message, createPublicKey(key), sign(hash, message, key));
}

function encapsulates(key: KeyObject): boolean {
  const { ciphertext, sharedKey } = crypto.encapsulate(createPublicKey(key));
  return crypto.decapsulate(key, ciphertext).equals(sharedKey);
}

/** The private key as the runtime's own object. The public key is left out; it is the runtime's to compute. */
export function nativePrivateKey(algorithm: KeyAlgorithm, secret: Uint8Array): KeyObject {
  return createPrivateKey({ key: writePrivateKey(algorithm, secret), format: 'der', type: 'pkcs8' });
}

function can(algorithm: KeyAlgorithm, secretLength: number, test: (key: KeyObject) => boolean): boolean {
  try {
    return test(nativePrivateKey(algorithm, Buffer.alloc(secretLength, 1)));
  } catch {
    // Whatever is missing, the key format, the algorithm or the function itself, is seen as an error of its own kind.
    return false;
  }
}

/** Tries each algorithm with a fixed key when it is first asked for, and believes what comes out right. */
export function probeNativeCrypto(): NativeCrypto {
  const found: { -readonly [Name in keyof NativeCrypto]?: NativeCrypto[Name] } = {};
  return {
    get secp256k1() {
      return (found.secp256k1 ??= can('secp256k1', 32, (key) => signs(key, 'sha256')));
    },
    get mlDsa() {
      return (found.mlDsa ??= can('ML-DSA-44', 32, (key) => signs(key, null)));
    },
    get mlKem() {
      return (found.mlKem ??= can('ML-KEM-512', 64, encapsulates));
    },
  };
}

/** What this process runs on. */
export const nativeCrypto: NativeCrypto = probeNativeCrypto();
