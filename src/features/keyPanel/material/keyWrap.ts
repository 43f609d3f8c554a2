import { createCipheriv } from 'node:crypto';

const semiblock = 8;
const rounds = 6;

/**
 * AES key wrap with padding (RFC 5649) of 1 byte or more under a key of 16, 24 or 32 bytes. Written out because the
 * runtime of the desktop VS Code has no such cipher. The caller clears its own buffers.
 */
export function wrapPadded(key: Uint8Array, plaintext: Uint8Array): Buffer {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
  const blocks = Math.ceil(plaintext.length / semiblock);
  // The integrity check value, then the plaintext with zeros up to a whole semiblock (RFC 5649, section 3 and 4.1).
  const wrapped = Buffer.alloc((blocks + 1) * semiblock);
  wrapped.writeUInt32BE(0xa65959a6, 0);
  wrapped.writeUInt32BE(plaintext.length, 4);
  wrapped.set(plaintext, semiblock);
  if (blocks === 1) {
    cipher.update(wrapped).copy(wrapped);
    return wrapped;
  }
  const block = Buffer.alloc(2 * semiblock);
  for (let step = 1; step <= rounds * blocks; step += 1) wrapStep(cipher, wrapped, block, step, ((step - 1) % blocks) + 1);
  block.fill(0);
  return wrapped;
}

/** One step of the loop of RFC 3394, section 2.2.1: the first semiblock is its A, and `at` its i. */
function wrapStep(cipher: { update(data: Buffer): Buffer }, wrapped: Buffer, block: Buffer, step: number, at: number): void {
  wrapped.copy(block, 0, 0, semiblock);
  wrapped.copy(block, semiblock, at * semiblock, (at + 1) * semiblock);
  const encrypted = cipher.update(block);
  // The step never needs more than 32 bits, so the upper half of A is left as it is.
  encrypted.writeUInt32BE((encrypted.readUInt32BE(4) ^ step) >>> 0, 4);
  encrypted.copy(wrapped, 0, 0, semiblock);
  encrypted.copy(wrapped, at * semiblock, semiblock);
}
