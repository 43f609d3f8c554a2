import assert from 'node:assert/strict';
import { EncryptionAlgorithmSpec, KeySpec, KeyUsageType, MacAlgorithmSpec, SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import { algorithmsOf, keySpecNames, keySpecOf, keySpecs } from '../../../src/core/kms/keySpecs.ts';

describe('The table of key specs', () => {
  const rows = Object.values(keySpecs);
  const all = new Set(rows.flatMap((row) => row.usages.flatMap((usage) => algorithmsOf(row, usage))));

  it('has the specs of the SDK and no other', () => {
    assert.deepEqual(keySpecNames.toSorted(), Object.values(KeySpec).toSorted());
  });

  it('has every algorithm of the SDK', () => {
    for (const name of [...Object.values(EncryptionAlgorithmSpec), ...Object.values(SigningAlgorithmSpec), ...Object.values(MacAlgorithmSpec)]) {
      assert.ok(all.has(name), name);
    }
  });

  it('has algorithms for exactly the usages of a spec', () => {
    const usages = Object.values(KeyUsageType);
    for (const row of rows) {
      assert.deepEqual(usages.filter((usage) => algorithmsOf(row, usage).length > 0).toSorted(), row.usages.toSorted());
    }
  });

  it('does not find names of other things', () => {
    assert.deepEqual(['AES', '__proto__', 'toString', ''].map(keySpecOf), [undefined, undefined, undefined, undefined]);
  });
});
