import { randomFillSync } from 'node:crypto';

/**
 * Random bytes taken from a larger draw, each given once: asking the system for a few bytes at a time costs more than
 * the encryption they are for. For values that are not secret, such as salts and nonces, as the draw stays in memory.
 */
export function pooledRandom(poolLength = 4_096): (length: number) => Buffer {
  const pool = Buffer.allocUnsafeSlow(poolLength);
  let used = poolLength;
  return (length) => {
    if (used + length > poolLength) {
      randomFillSync(pool);
      used = 0;
    }
    const bytes = Buffer.from(pool.subarray(used, used + length));
    used += length;
    return bytes;
  };
}
