import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { divide, multiply } from '../../../../../src/core/secrets/sops/keys/galoisField.ts';
import { combineParts, splitSecret } from '../../../../../src/core/secrets/sops/keys/shamir.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));
const byte = fc.nat(255);
const split = fc
  .record({ secret: fc.uint8Array({ minLength: 1, maxLength: 40 }), count: fc.integer({ min: 2, max: 12 }), low: fc.nat(), seed: fc.nat() })
  .map(({ secret, count, low, seed }) => ({ secret, count, threshold: 2 + (low % (count - 1)), seed }));

/** Some of the parts, in an order that the seed gives. */
function choose<T>(all: readonly T[], count: number, seed: number): readonly T[] {
  return [...all]
    .map((item, index) => ({ item, rank: ((index + 1) * (seed + 7919)) % 10_007 }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ item }) => item);
}

describe('the field of 256 elements', () => {
  it('multiplies as the AES standard does', () => {
    // FIPS 197, section 4.2: {57} times {83} is {c1}, and {57} times {13} is {fe}.
    assert.equal(multiply(0x57, 0x83), 0xc1);
    assert.equal(multiply(0x57, 0x13), 0xfe);
  });

  it('is a field', () => {
    fc.assert(
      fc.property(byte, byte, byte, (a, b, c) => {
        assert.equal(multiply(a, b), multiply(b, a));
        assert.equal(multiply(a, multiply(b, c)), multiply(multiply(a, b), c));
        assert.equal(multiply(a, b ^ c), multiply(a, b) ^ multiply(a, c));
        if (b !== 0) assert.equal(multiply(divide(a, b), b), a);
      }),
    );
  });
});

describe('a secret in parts', () => {
  it('comes back from any parts that reach the threshold, in any order', () => {
    fc.assert(
      fc.property(split, ({ secret, count, threshold, seed }) => {
        const parts = splitSecret(secret, count, threshold, random);
        assert.deepEqual(parts.map((part) => part.length), parts.map(() => secret.length + 1));
        for (const size of [threshold, count]) assert.deepEqual(combineParts(choose(parts, size, seed)), secret);
      }),
    );
  });

  it('does not come back from fewer', () => {
    const secret = random(32);
    const parts = splitSecret(secret, 5, 4, random);
    assert.notDeepEqual(combineParts(parts.slice(0, 3)), secret);
  });

  it('says nothing about itself in one part: with the right randomness every secret gives the same part', () => {
    fc.assert(
      fc.property(byte, byte, byte, (secret, other, coefficient) => {
        const part = splitSecret(Uint8Array.of(secret), 2, 2, () => Uint8Array.of(coefficient))[0]!;
        // At x = 1 the value is the sum of the coefficients.
        const matching = coefficient ^ secret ^ other;
        assert.deepEqual(splitSecret(Uint8Array.of(other), 2, 2, () => Uint8Array.of(matching))[0], part);
      }),
    );
  });

  for (const [count, threshold] of [[3, 1], [3, 4], [256, 2], [3, 2.5]] as const) {
    it(`is not split into ${count} with a threshold of ${threshold}`, () => {
      assert.throws(() => splitSecret(random(32), count, threshold, random), { code: 'SOPS_INVALID' });
    });
  }

  it('is not made of parts that do not belong together', () => {
    const [first, second] = splitSecret(random(32), 3, 2, random) as [Uint8Array, Uint8Array];
    assert.equal(combineParts([first]), undefined);
    assert.equal(combineParts([first, first]), undefined);
    assert.equal(combineParts([first, second.subarray(1)]), undefined);
  });
});
