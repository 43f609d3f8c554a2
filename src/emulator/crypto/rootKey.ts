import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync } from 'node:crypto';
import { lengthPrefixed } from './lengthPrefixed.ts';
import { pooledRandom } from './pooledRandom.ts';

/** The key over everything secret in the store. */
export interface RootKey {
  /**
   * Encrypts `secret` with AES-256-GCM under a random nonce. `binding` says what the secret is and whose: it is
   * authenticated, so that a wrapped secret put in another row does not unwrap. Gives nonce, ciphertext and tag.
   */
  wrap(secret: Uint8Array, binding: readonly string[]): Uint8Array;
  /** Throws when the bytes were not wrapped by this key with this binding. */
  unwrap(wrapped: Uint8Array, binding: readonly string[]): Buffer;
  /** A key of 32 bytes for another purpose (HKDF-SHA256, RFC 5869). */
  derive(purpose: string): Buffer;
}

const cipher = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

export const rootKeyLength = 32;

/** `secret` holds 32 bytes. */
export function rootKeyFrom(secret: Uint8Array): RootKey {
  const key = createSecretKey(secret);
  const nonces = pooledRandom();
  return {
    wrap(plain, binding) {
      const nonce = nonces(nonceLength);
      const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagLength }).setAAD(lengthPrefixed(binding));
      return Buffer.concat([nonce, sealing.update(plain), sealing.final(), sealing.getAuthTag()]);
    },
    unwrap(wrapped, binding) {
      const opening = createDecipheriv(cipher, key, wrapped.subarray(0, nonceLength), { authTagLength: tagLength })
        .setAAD(lengthPrefixed(binding))
        .setAuthTag(wrapped.subarray(-tagLength));
      return Buffer.concat([opening.update(wrapped.subarray(nonceLength, -tagLength)), opening.final()]);
    },
    derive: (purpose) => Buffer.from(hkdfSync('sha256', key, '', purpose, rootKeyLength)),
  };
}
