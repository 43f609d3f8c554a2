import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { SopsCrypto } from '../../../core/secrets/sops/sopsPorts.ts';

const algorithm = 'aes-256-gcm';
const tagLength = 16;
const stockLength = 8192;

/** Node makes a key object of bytes for every cipher, which takes longer than the cipher; a data key serves for thousands. */
const keyObjects = new WeakMap<Uint8Array, KeyObject>();

function keyObjectOf(key: Uint8Array): KeyObject {
  const made = keyObjects.get(key) ?? createSecretKey(key);
  keyObjects.set(key, made);
  return made;
}

/** The primitives of SOPS files on Node's crypto. The bytes of a key must not change between its uses. */
export const sopsCrypto: SopsCrypto = {
  seal(key, iv, plaintext, additionalData) {
    const cipher = createCipheriv(algorithm, keyObjectOf(key), iv, { authTagLength: tagLength });
    cipher.setAAD(additionalData);
    const ciphertext = bytesOf(cipher.update(plaintext));
    // GCM gives all of its bytes before it ends.
    cipher.final();
    return { ciphertext, tag: bytesOf(cipher.getAuthTag()) };
  },
  open(key, iv, ciphertext, tag, additionalData) {
    if (tag.length !== tagLength) return undefined;
    const decipher = createDecipheriv(algorithm, keyObjectOf(key), iv, { authTagLength: tagLength });
    decipher.setAAD(additionalData);
    decipher.setAuthTag(tag);
    const plaintext = bytesOf(decipher.update(ciphertext));
    try {
      decipher.final();
      return plaintext;
    } catch {
      return undefined;
    }
  },
  sha512(chunks) {
    const hash = createHash('sha512');
    for (const chunk of chunks) hash.update(chunk);
    return new Uint8Array(hash.digest());
  },
  randomBytes: (length) => takeRandom(length),
};

/** Random bytes are asked for in stock: Node takes as long for a few of them as for thousands. No byte is given twice. */
let stock = new Uint8Array();

function takeRandom(length: number): Uint8Array {
  if (stock.length < length) stock = new Uint8Array(randomBytes(Math.max(length, stockLength)));
  const taken = stock.slice(0, length);
  stock.fill(0, 0, length);
  stock = stock.subarray(length);
  return taken;
}

/** The bytes of a buffer that nothing else has. */
function bytesOf(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
