import assert from 'node:assert/strict';
import { aeskwp } from '@noble/ciphers/aes.js';
import fc from 'fast-check';
import { wrapPadded } from '../../../../src/features/keyPanel/material/keyWrap.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** The examples of RFC 5649, section 6. */
const examples = [
  {
    name: '20 bytes',
    plaintext: 'c37b7e6492584340bed12207808941155068f738',
    wrapped: '138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a',
  },
  { name: '7 bytes, in a single block', plaintext: '466f7250617369', wrapped: 'afbeb0f07dfbf5419200f2ccb50bb24f' },
];

describe('wrapPadded', () => {
  for (const { name, plaintext, wrapped } of examples) {
    it(`wraps the example of RFC 5649 with ${name}`, () => {
      assert.equal(wrapPadded(bytes('5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8'), bytes(plaintext)).toString('hex'), wrapped);
    });
  }

  it('agrees with another implementation for every length of key and plaintext', () => {
    const key = fc.constantFrom(16, 24, 32).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
    fc.assert(
      fc.property(key, fc.uint8Array({ minLength: 1, maxLength: 300 }), (kek, plaintext) => {
        const wrapped = wrapPadded(kek, plaintext);
        assert.deepEqual(Uint8Array.from(wrapped), aeskwp(kek).encrypt(plaintext));
        assert.deepEqual(aeskwp(kek).decrypt(Uint8Array.from(wrapped)), plaintext);
      }),
    );
  });

  it('leaves the plaintext as it is', () => {
    const plaintext = new Uint8Array(20).fill(7);
    wrapPadded(new Uint8Array(32), plaintext);
    assert.deepEqual(plaintext, new Uint8Array(20).fill(7));
  });
});
