import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { SopsCrypto } from '../../../core/secrets/sops/sopsPorts.ts';

const algorithm = 'aes-256-gcm';
const tagLength = 16;

/** The primitives of SOPS files on Node's crypto. */
export const sopsCrypto: SopsCrypto = {
  seal(key, iv, plaintext, additionalData) {
    const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagLength });
    cipher.setAAD(additionalData);
    const ciphertext = new Uint8Array(Buffer.concat([cipher.update(plaintext), cipher.final()]));
    return { ciphertext, tag: new Uint8Array(cipher.getAuthTag()) };
  },
  open(key, iv, ciphertext, tag, additionalData) {
    if (tag.length !== tagLength) return undefined;
    const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagLength });
    decipher.setAAD(additionalData);
    decipher.setAuthTag(tag);
    const start = decipher.update(ciphertext);
    try {
      return new Uint8Array(Buffer.concat([start, decipher.final()]));
    } catch {
      return undefined;
    }
  },
  sha512(chunks) {
    const hash = createHash('sha512');
    for (const chunk of chunks) hash.update(chunk);
    return new Uint8Array(hash.digest());
  },
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
};
