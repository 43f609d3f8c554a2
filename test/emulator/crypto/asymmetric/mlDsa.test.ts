import assert from 'node:assert/strict';
import { createHash, createPublicKey, sign, verify } from 'node:crypto';
import { loadMlDsa, type MlDsaKey } from '../../../../src/emulator/crypto/asymmetric/mlDsa.ts';
import { nativePrivateKey } from '../../../../src/emulator/crypto/capabilities.ts';
import { readPublicKey } from '../../../../src/emulator/crypto/encoding/publicKeyInfo.ts';
import { runtimes } from '../../support/runtimes.ts';

const seed = Buffer.alloc(32, 7);
const message = Buffer.from('a message');
const parameterSets = [
  ['ML-DSA-44', 1334, 2420],
  ['ML-DSA-65', 1974, 3309],
  ['ML-DSA-87', 2614, 4627],
] as const;

const shake256 = (length: number, ...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((state, part) => state.update(part), createHash('shake256', { outputLength: length })).digest();

/** The message representative with an empty context (FIPS 204, algorithms 2 and 7). */
function representativeOf(publicKey: Uint8Array, content: Uint8Array): Buffer {
  return shake256(64, shake256(64, publicKey), Buffer.from([0, 0]), content);
}

function checkSignatures(key: MlDsaKey, representative: Buffer, ours: readonly Uint8Array[], length: number): void {
  for (const signature of ours) {
    assert.equal(signature.length, length);
    assert.ok(key.verify(message, signature));
    assert.ok(key.verifyRepresentative(representative, signature));
    const damaged = signature.map((byte, index) => (index === 100 ? byte ^ 1 : byte));
    for (const wrong of [damaged, signature.subarray(1), Buffer.alloc(0)]) {
      assert.ok(!key.verify(message, wrong));
      assert.ok(!key.verifyRepresentative(representative, wrong));
    }
  }
}

describe('ML-DSA', () => {
  for (const [runtime, native] of runtimes) {
    for (const [parameterSet, encodedLength, signatureLength] of parameterSets) {
      it(`${parameterSet} with ${runtime} agrees with Node, over messages and over representatives`, () => {
        const theirs = nativePrivateKey(parameterSet, seed);
        const key = loadMlDsa(parameterSet, seed, native);
        const encoded = key.publicKey();
        assert.equal(encoded.length, encodedLength);
        const publicKey = createPublicKey(theirs);
        assert.deepEqual(encoded, publicKey.export({ format: 'der', type: 'spki' }));
        const representative = representativeOf(readPublicKey(parameterSet, encoded)!, message);
        const ours = [key.sign(message), key.signRepresentative(representative)];
        for (const signature of ours) assert.ok(verify(null, message, publicKey, signature));
        checkSignatures(key, representative, [...ours, sign(null, message, theirs)], signatureLength);
      });
    }
  }
});
