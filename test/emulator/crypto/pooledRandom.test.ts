import assert from 'node:assert/strict';
import { pooledRandom } from '../../../src/emulator/crypto/pooledRandom.ts';

describe('Pooled random bytes', () => {
  it('have the length that is asked for, and are given once', () => {
    const random = pooledRandom(64);
    const given = Array.from({ length: 1_000 }, () => random(12));
    assert.ok(given.every((bytes) => bytes.length === 12));
    assert.equal(new Set(given.map((bytes) => bytes.toString('hex'))).size, given.length);
  });

  it('do not change once they are given', () => {
    const random = pooledRandom(32);
    const first = random(16);
    const copy = Buffer.from(first);
    for (let round = 0; round < 10; round += 1) random(16);
    assert.deepEqual(first, copy);
  });
});
