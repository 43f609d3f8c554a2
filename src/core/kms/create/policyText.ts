import { partitionOf } from '../arn.ts';
import type { KeyUsage } from '../keyMetadata.ts';
import type { KeyDraft } from './keyDraft.ts';

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: { readonly AWS: string | readonly string[] };
  readonly Action: string | readonly string[];
  readonly Resource: '*';
  readonly Condition?: unknown;
}

/** What administrators of a key need, and nothing that uses it (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html). */
const administration = [
  'kms:Create*',
  'kms:Describe*',
  'kms:Enable*',
  'kms:List*',
  'kms:Put*',
  'kms:Update*',
  'kms:Revoke*',
  'kms:Disable*',
  'kms:Get*',
  'kms:Delete*',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:ScheduleKeyDeletion',
  'kms:CancelKeyDeletion',
  'kms:RotateKeyOnDemand',
];

const useActions: Readonly<Record<KeyUsage, readonly string[]>> = {
  ENCRYPT_DECRYPT: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*'],
  SIGN_VERIFY: ['kms:Sign', 'kms:Verify'],
  GENERATE_VERIFY_MAC: ['kms:GenerateMac', 'kms:VerifyMac'],
  KEY_AGREEMENT: ['kms:DeriveSharedSecret'],
  ENCAPSULATE_DECAPSULATE: ['kms:Encapsulate', 'kms:Decapsulate'],
};

function actionsOf({ keySpec, keyUsage }: KeyDraft): readonly string[] {
  if (keySpec === 'SYMMETRIC_DEFAULT') return [...useActions[keyUsage], 'kms:GenerateDataKey*', 'kms:DescribeKey'];
  return [...useActions[keyUsage], 'kms:DescribeKey', ...(keyUsage === 'GENERATE_VERIFY_MAC' ? [] : ['kms:GetPublicKey'])];
}

/**
 * The key policy of a draft as an object that JSON can hold; undefined for the default policy, which KMS makes itself.
 * Every policy lets the account in first, so that nobody can lock themselves out.
 */
export function policyDocument(draft: KeyDraft, accountId: string): object | undefined {
  const { policy, region, origin, multiRegion } = draft;
  if (policy.kind === 'default') return undefined;
  const root = (account: string): string => `arn:${partitionOf(region)}:iam::${account}:root`;
  const others = policy.kind === 'crossAccount' ? policy.accounts.map(root) : [];
  const users = [...policy.users, ...others];
  const administrators = [
    ...administration,
    ...(origin === 'EXTERNAL' ? ['kms:ImportKeyMaterial'] : []),
    ...(multiRegion ? ['kms:ReplicateKey'] : []),
  ];
  return {
    Version: '2012-10-17',
    Statement: [
      allow('Enable IAM User Permissions', [root(accountId)], 'kms:*'),
      ...(policy.administrators.length === 0 ? [] : [allow('Allow access for Key Administrators', policy.administrators, administrators)]),
      ...(users.length === 0 ? [] : useStatements(draft, users)),
    ],
  };
}

/** AWS services work with data for a principal through grants, which only symmetric keys need. */
function useStatements(draft: KeyDraft, users: readonly string[]): readonly Statement[] {
  const use = allow('Allow use of the key', users, actionsOf(draft));
  if (draft.keySpec !== 'SYMMETRIC_DEFAULT') return [use];
  const grants = allow('Allow attachment of persistent resources', users, ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant']);
  return [use, { ...grants, Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }];
}

function allow(Sid: string, principals: readonly string[], Action: Statement['Action']): Statement {
  const [first, ...more] = principals;
  return { Sid, Effect: 'Allow', Principal: { AWS: first !== undefined && more.length === 0 ? first : principals }, Action, Resource: '*' };
}

/** The same as text with one element on each line. */
export function policyText(draft: KeyDraft, accountId: string): string | undefined {
  const document = policyDocument(draft, accountId);
  return document && JSON.stringify(document, null, 2);
}
