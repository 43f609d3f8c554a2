import assert from 'node:assert/strict';
import { consoleAddress } from '../../../src/core/kms/consoleAddress.ts';

const addresses: readonly (readonly [region: string, address: string | undefined])[] = [
  ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/kms/home?region=eu-west-1#/kms/keys/mrk-1'],
  ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/kms/home?region=cn-north-1#/kms/keys/mrk-1'],
  ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/kms/home?region=us-gov-west-1#/kms/keys/mrk-1'],
  ['us-iso-east-1', undefined],
];

describe('consoleAddress', () => {
  for (const [region, address] of addresses) {
    it(`${address === undefined ? 'knows no console of' : 'leads to the key in'} ${region}`, () => {
      assert.equal(consoleAddress({ region, keyId: 'mrk-1' }), address);
    });
  }
});
