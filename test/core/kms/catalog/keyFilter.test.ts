import assert from 'node:assert/strict';
import { readKeyFilter } from '../../../../src/core/kms/catalog/keyFilter.ts';
import type { KeySummary } from '../../../../src/core/kms/catalog/keySummary.ts';
import { sampleMetadata } from '../explain/sampleMetadata.ts';

const orders: KeySummary = {
  region: 'eu-west-1',
  keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
  arn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  aliasName: 'alias/orders/config',
  aliasNames: ['alias/orders/config', 'alias/shop'],
  keyManager: 'CUSTOMER',
  metadata: { ...sampleMetadata, description: 'Settings of the shop', keySpec: 'RSA_2048', keyState: 'PendingDeletion', keyUsage: 'SIGN_VERIFY' },
  tags: [{ tagKey: 'cost center', tagValue: 'Sales' }],
};
const unknown: KeySummary = { ...orders, metadata: undefined };

const cases: readonly { readonly text: string; readonly fits: boolean; readonly key?: KeySummary }[] = [
  { text: '', fits: true },
  { text: '   ', fits: true },
  { text: 'ORDERS', fits: true },
  { text: 'shop orders', fits: true },
  { text: 'shop billing', fits: false },
  { text: '1234ABCD', fits: true },
  { text: 'settings', fits: true },
  { text: 'settings', fits: false, key: unknown },
  { text: 'state:pendingdeletion', fits: true },
  { text: 'state:"pending deletion"', fits: true },
  { text: 'state:enabled', fits: false },
  { text: 'state:enabled', fits: false, key: unknown },
  { text: '-state:enabled', fits: true },
  { text: '-orders', fits: false },
  { text: 'spec:rsa usage:sign', fits: true },
  { text: 'spec:rsa_2048', fits: true },
  { text: 'SPEC:ecc', fits: false },
  { text: 'region:eu', fits: true },
  { text: 'type:customer', fits: true },
  { text: 'type:aws', fits: false },
  { text: 'alias:shop', fits: true },
  { text: 'alias:eu-west', fits: false },
  { text: 'tag:"cost center=sales"', fits: true },
  { text: 'tag:sales', fits: true },
  { text: 'tag:marketing', fits: false },
  { text: 'arn:aws', fits: false },
];

describe('The filter of keys', () => {
  for (const { text, fits, key = orders } of cases) {
    it(`${fits ? 'keeps' : 'leaves out'} the ${key === orders ? 'described' : 'undescribed'} sample key for "${text}"`, () => {
      assert.equal(readKeyFilter(text).matches(key), fits);
    });
  }

  it('says what has to be asked of KMS for its terms', () => {
    const needs = (text: string): readonly boolean[] => [readKeyFilter(text).needsMetadata, readKeyFilter(text).needsTags];
    assert.deepEqual(needs('orders region:eu'), [false, false]);
    assert.deepEqual(needs('-state:enabled'), [true, false]);
    assert.deepEqual(needs('tag:team'), [false, true]);
  });
});
