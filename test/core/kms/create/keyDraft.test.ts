import assert from 'node:assert/strict';
import { emptyDraft, fitted, type KeyDraft, newKeyOf } from '../../../../src/core/kms/create/keyDraft.ts';

const rows: readonly { readonly name: string; readonly draft: Partial<KeyDraft>; readonly fitted: Partial<KeyDraft> }[] = [
  { name: 'a usage that the spec has stays', draft: { keySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY' }, fitted: { keyUsage: 'SIGN_VERIFY' } },
  { name: 'another usage becomes the customary one', draft: { keySpec: 'HMAC_256' }, fitted: { keyUsage: 'GENERATE_VERIFY_MAC' } },
  { name: 'a key that KMS cannot rotate has no period', draft: { keySpec: 'RSA_2048', rotationPeriodInDays: 365 }, fitted: { rotationPeriodInDays: null } },
  { name: 'a key of a store is of one Region', draft: { origin: 'AWS_CLOUDHSM', multiRegion: true, customKeyStoreId: 'cks-1' }, fitted: { multiRegion: false, customKeyStoreId: 'cks-1' } },
  { name: 'a key of KMS has no store', draft: { customKeyStoreId: 'cks-1', xksKeyId: 'x' }, fitted: { customKeyStoreId: '', xksKeyId: '' } },
];

describe('fitted', () => {
  for (const { name, draft, fitted: wanted } of rows) {
    it(name, () => {
      const given = { ...emptyDraft('eu-west-1'), ...draft };
      assert.deepEqual(fitted(given), { ...given, ...wanted });
    });
  }
});

describe('newKeyOf', () => {
  it('asks for nothing that the draft leaves out', () => {
    assert.deepEqual(newKeyOf(emptyDraft('eu-west-1'), '111122223333'), { keySpec: 'SYMMETRIC_DEFAULT', keyUsage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS' });
  });

  it('names the store of a key in one, and its key outside', () => {
    const { customKeyStoreId, xksKeyId } = newKeyOf({ ...emptyDraft('eu-west-1'), origin: 'EXTERNAL_KEY_STORE', customKeyStoreId: 'cks-1', xksKeyId: 'x' }, '111122223333');
    assert.deepEqual([customKeyStoreId, xksKeyId], ['cks-1', 'x']);
  });
});
