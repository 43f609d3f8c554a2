import { emptyDraft, type KeyDraft } from '../../../../../src/core/kms/create/keyDraft.ts';

export const account = '111122223333';

/** A symmetric key with everything that a draft can have, in texts that need care. */
export const fullDraft: KeyDraft = {
  ...emptyDraft('eu-west-1'),
  aliasName: 'alias/orders/config',
  description: 'Alice\'s "orders" ${key}',
  tags: [{ tagKey: 'team', tagValue: 'a, b = c' }],
  multiRegion: true,
  rotationPeriodInDays: 180,
  policy: { kind: 'crossAccount', administrators: [], users: [], accounts: ['444455556666'] },
};

export const plainDraft: KeyDraft = { ...emptyDraft('us-east-1'), keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' };
export const externalDraft: KeyDraft = { ...emptyDraft('us-east-1'), origin: 'EXTERNAL', aliasName: 'alias/byok' };
export const storeDraft: KeyDraft = { ...emptyDraft('us-east-1'), origin: 'EXTERNAL_KEY_STORE', customKeyStoreId: 'cks-1234567890abcdef0', xksKeyId: 'bb8562717f809024' };
