import assert from 'node:assert/strict';
import { createPublicKey, decapsulate, encapsulate } from 'node:crypto';
import { loadMlKem } from '../../../../src/emulator/crypto/asymmetric/mlKem.ts';
import { nativePrivateKey } from '../../../../src/emulator/crypto/capabilities.ts';
import { noNativeCrypto, runtimes } from '../../support/runtimes.ts';

const seed = Buffer.alloc(64, 7);
const parameterSets = [
  ['ML-KEM-512', 768],
  ['ML-KEM-768', 1088],
  ['ML-KEM-1024', 1568],
] as const;

describe('ML-KEM', () => {
  for (const [runtime, native] of runtimes) {
    for (const [parameterSet, ciphertextLength] of parameterSets) {
      it(`${parameterSet} with ${runtime} shares secrets with Node, both ways`, () => {
        const key = loadMlKem(parameterSet, seed, native);
        const privateKey = nativePrivateKey(parameterSet, seed);
        const publicKey = createPublicKey({ key: key.publicKey(), format: 'der', type: 'spki' });
        assert.ok(publicKey.equals(createPublicKey(privateKey)));
        const ours = key.encapsulate();
        assert.equal(ours.ciphertext.length, ciphertextLength);
        assert.equal(ours.sharedSecret.length, 32);
        assert.deepEqual(decapsulate(privateKey, ours.ciphertext), Buffer.from(ours.sharedSecret));
        const theirs = encapsulate(publicKey);
        assert.deepEqual(Buffer.from(key.decapsulate(theirs.ciphertext)!), theirs.sharedKey);
      });

      it(`${parameterSet} with ${runtime} gives another secret for a damaged ciphertext, the same each time`, () => {
        const key = loadMlKem(parameterSet, seed, native);
        const { ciphertext, sharedSecret } = key.encapsulate();
        const damaged = ciphertext.map((byte, index) => (index === 9 ? byte ^ 1 : byte));
        const other = key.decapsulate(damaged)!;
        assert.equal(other.length, 32);
        assert.notDeepEqual(Buffer.from(other), Buffer.from(sharedSecret));
        assert.deepEqual(Buffer.from(loadMlKem(parameterSet, seed, noNativeCrypto).decapsulate(damaged)!), Buffer.from(other));
      });

      it(`${parameterSet} with ${runtime} refuses a ciphertext of the wrong length`, () => {
        const key = loadMlKem(parameterSet, seed, native);
        const { ciphertext } = key.encapsulate();
        for (const wrong of [ciphertext.subarray(1), Buffer.concat([ciphertext, Buffer.alloc(1)]), Buffer.alloc(0)]) {
          assert.equal(key.decapsulate(wrong), undefined);
        }
      });
    }
  }
});
