import { keySpecOf } from '../keySpecs.ts';
import { isInStore, type KeyDraft, rotatesByItself } from './keyDraft.ts';

/** Something in a draft that KMS would refuse, by the field it is in. */
export interface DraftProblem {
  readonly field: 'aliasName' | 'description' | 'tags' | 'keySpec' | 'keyUsage' | 'multiRegion' | 'rotation' | 'administrators' | 'users' | 'accounts' | 'customKeyStoreId' | 'xksKeyId';
  readonly message: string;
}

const aliasPattern = /^alias\/[a-zA-Z0-9:/_-]+$/;
const principalPattern = /^arn:[a-z0-9-]+:(iam|sts)::\d{12}:\S+$/;

interface Check extends DraftProblem {
  readonly fails: (draft: KeyDraft) => boolean;
}

/** The limits of CreateKey, CreateAlias and EnableKeyRotation (https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html). */
const checks: readonly Check[] = [
  {
    field: 'aliasName',
    message: 'An alias begins with alias/ and has letters, digits and : / _ - behind it, 256 characters at most.',
    fails: ({ aliasName }) => aliasName !== '' && (!aliasPattern.test(aliasName) || aliasName.length > 256),
  },
  { field: 'aliasName', message: 'Aliases that begin with alias/aws/ belong to AWS.', fails: ({ aliasName }) => aliasName.startsWith('alias/aws/') },
  { field: 'description', message: 'A description has at most 8192 characters.', fails: ({ description }) => description.length > 8192 },
  {
    field: 'tags',
    message: 'A tag has a key of 1 to 128 characters and a value of at most 256.',
    fails: ({ tags }) => tags.some(({ tagKey, tagValue }) => tagKey === '' || tagKey.length > 128 || tagValue.length > 256),
  },
  { field: 'tags', message: 'Tags beginning with aws: are reserved.', fails: ({ tags }) => tags.some(({ tagKey }) => tagKey.startsWith('aws:')) },
  { field: 'tags', message: 'Each tag key can be there once, and a key has at most 50 tags.', fails: ({ tags }) => tags.length > 50 || new Set(tags.map(({ tagKey }) => tagKey)).size < tags.length },
  { field: 'keySpec', message: 'AWS KMS has no such key spec.', fails: ({ keySpec }) => keySpecOf(keySpec) === undefined },
  {
    field: 'keyUsage',
    message: 'A key of this spec cannot be used for that.',
    fails: ({ keySpec, keyUsage }) => !(keySpecOf(keySpec)?.usages.includes(keyUsage) ?? true),
  },
  { field: 'keySpec', message: 'A custom key store holds symmetric encryption keys only.', fails: (draft) => isInStore(draft) && draft.keySpec !== 'SYMMETRIC_DEFAULT' },
  { field: 'multiRegion', message: 'A key in a custom key store cannot be multi-Region.', fails: (draft) => isInStore(draft) && draft.multiRegion },
  {
    field: 'customKeyStoreId',
    message: 'Give the id of the custom key store, which begins with cks-.',
    fails: (draft) => isInStore(draft) && !/^cks-[\w-]{1,60}$/.test(draft.customKeyStoreId),
  },
  {
    field: 'xksKeyId',
    message: 'Give the id that the key has in the external key manager: 1 to 128 letters, digits and - _ . characters.',
    fails: ({ origin, xksKeyId }) => origin === 'EXTERNAL_KEY_STORE' && !/^[\w.-]{1,128}$/.test(xksKeyId),
  },
  { field: 'rotation', message: 'KMS rotates only symmetric keys whose material it made itself.', fails: (draft) => draft.rotationPeriodInDays !== null && !rotatesByItself(draft) },
  {
    field: 'rotation',
    message: 'A rotation period is a whole number of days, 90 to 2560.',
    fails: ({ rotationPeriodInDays: days }) => days !== null && !(Number.isInteger(days) && days >= 90 && days <= 2560),
  },
  {
    field: 'administrators',
    message: 'Name each administrator by the ARN of a user or role, one on each line.',
    fails: ({ policy }) => policy.kind !== 'default' && !policy.administrators.every((arn) => principalPattern.test(arn)),
  },
  {
    field: 'users',
    message: 'Name each user of the key by the ARN of a user or role, one on each line.',
    fails: ({ policy }) => policy.kind !== 'default' && !policy.users.every((arn) => principalPattern.test(arn)),
  },
  {
    field: 'administrators',
    message: 'Name an administrator or a user of the key.',
    fails: ({ policy }) => policy.kind === 'administrators' && policy.administrators.length + policy.users.length === 0,
  },
  {
    field: 'accounts',
    message: 'Name at least one account by its twelve digits, one on each line.',
    fails: ({ policy }) => policy.kind === 'crossAccount' && (policy.accounts.length === 0 || !policy.accounts.every((account) => /^\d{12}$/.test(account))),
  },
];

/** What is wrong with a draft; empty when KMS can be asked. KMS still has the last word. */
export function draftProblems(draft: KeyDraft): readonly DraftProblem[] {
  return checks.filter(({ fails }) => fails(draft)).map(({ field, message }) => ({ field, message }));
}
