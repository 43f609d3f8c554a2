import assert from 'node:assert/strict';
import { DataKeyPairSpec, DataKeySpec } from '@aws-sdk/client-kms';
import { dataKeyPairSpecs, dataKeySpecs, isDataKeyPairSpec, isDataKeySpec } from '../../../src/core/kms/dataKeySpecs.ts';

describe('The specs of data keys', () => {
  it('are those of the API', () => {
    assert.deepEqual([...dataKeySpecs].sort(), Object.values(DataKeySpec).sort());
    assert.deepEqual([...dataKeyPairSpecs].sort(), Object.values(DataKeyPairSpec).sort());
  });

  for (const spec of [...dataKeySpecs, ...dataKeyPairSpecs, 'AES_512', 'constructor']) {
    it(`tell keys from pairs by the name ${spec}`, () => {
      assert.deepEqual([isDataKeySpec(spec), isDataKeyPairSpec(spec)], [spec.startsWith('AES_') && spec !== 'AES_512', Object.values<string>(DataKeyPairSpec).includes(spec)]);
    });
  }
});
