import { allow, describeScenarios, explicit, deny, missing, otherAccount, permit, type Scenario } from './scenario.ts';

const encrypt = { operation: 'Encrypt', input: { Plaintext: 'x' } } as const;
const partner = { account: otherAccount } as const;
const partnerWithIam = { ...partner, identity: [allow('kms:*')] } as const;
const toPartner = (action: string) => permit(action, { Principal: { AWS: otherAccount } });

const crossAccount: readonly Scenario[] = [
  { title: 'a user of another account by both policies', policy: [toPartner('kms:Encrypt')], caller: partnerWithIam, ...encrypt },
  { title: 'a user of another account whom the key policy names, with IAM', policy: [permit('kms:Encrypt')], caller: partnerWithIam, ...encrypt },
  { title: 'a user of another account whom the key policy names, without IAM', policy: [permit('kms:Encrypt')], caller: partner, ...encrypt, refused: missing.identity },
  { title: 'a user of another account without the key policy', caller: partnerWithIam, ...encrypt, refused: missing.resource },
  { title: 'everybody, with IAM', policy: [permit('kms:*', { Principal: '*' })], caller: partnerWithIam, ...encrypt },
  { title: 'everybody, without IAM', policy: [permit('kms:*', { Principal: '*' })], caller: partner, ...encrypt, refused: missing.identity },
  { title: 'the root user of another account', policy: [toPartner('kms:Encrypt')], caller: { ...partner, kind: 'root' }, ...encrypt },
  { title: 'an explicit deny of IAM there', policy: [toPartner('kms:*')], caller: { ...partner, identity: [allow('kms:*'), deny('kms:Encrypt', { Resource: 'KEY' })] }, ...encrypt, refused: explicit.identity },
  { title: 'an operation that does not reach other accounts', policy: [toPartner('kms:*')], caller: partnerWithIam, operation: 'DisableKey', refused: missing.resource },
  { title: 'DescribeKey from another account', policy: [toPartner('kms:DescribeKey')], caller: partnerWithIam, operation: 'DescribeKey' },
  { title: 'a key of another account that is not there', caller: partnerWithIam, operation: 'DescribeKey', input: { KeyId: 'arn:aws:kms:us-east-1:111122223333:key/99999999-9999-4999-8999-999999999999' }, resource: 'arn:aws:kms:us-east-1:111122223333:key/99999999-9999-4999-8999-999999999999', refused: missing.resource },
  { title: 'CreateAlias for a key of another account', policy: [toPartner('kms:*')], caller: partnerWithIam, operation: 'CreateAlias', input: { AliasName: 'alias/mine', TargetKeyId: 'KEY' }, refused: missing.resource },
];

const both = { identity: [allow('kms:*Alias', { Resource: ['KEY', 'arn:aws:kms:us-east-1:111122223333:alias/*'] })] } as const;
const newAlias = 'arn:aws:kms:us-east-1:111122223333:alias/new-one';
const create = { operation: 'CreateAlias', input: { AliasName: 'alias/new-one', TargetKeyId: 'KEY' } } as const;
const aliases: readonly Scenario[] = [
  { title: 'CreateAlias on the alias and the key', caller: both, ...create },
  { title: 'CreateAlias without the alias', policy: [permit('kms:CreateAlias')], ...create, resource: newAlias, refused: missing.identity },
  { title: 'CreateAlias without the key', caller: { identity: [allow('kms:CreateAlias', { Resource: newAlias })] }, ...create, refused: missing.identity },
  { title: 'CreateAlias with the alias by IAM and the key by its policy', policy: [permit('kms:CreateAlias')], caller: { identity: [allow('kms:CreateAlias', { Resource: `${newAlias}-two` })] }, operation: 'CreateAlias', input: { AliasName: 'alias/new-one-two', TargetKeyId: 'KEY' } },
  { title: 'DeleteAlias on the alias and the key', caller: both, operation: 'DeleteAlias', input: { AliasName: 'ALIAS' } },
  { title: 'DeleteAlias without the key', caller: { identity: [allow('kms:DeleteAlias', { Resource: 'ALIAS' })] }, operation: 'DeleteAlias', input: { AliasName: 'ALIAS' }, refused: missing.identity },
  { title: 'UpdateAlias to the key that it has', caller: both, operation: 'UpdateAlias', input: { AliasName: 'ALIAS', TargetKeyId: 'KEY' } },
  { title: 'UpdateAlias without the alias', policy: [permit('kms:UpdateAlias')], operation: 'UpdateAlias', input: { AliasName: 'ALIAS', TargetKeyId: 'KEY' }, resource: 'ALIAS', refused: missing.identity },
];

const s3 = 'alias/aws/s3';
const awsManaged: readonly Scenario[] = [
  { title: 'a look at an AWS managed key', caller: { identity: [allow('kms:DescribeKey')] }, operation: 'DescribeKey', input: { KeyId: s3 } },
  { title: 'the root user, who may look', caller: { kind: 'root' }, operation: 'DescribeKey', input: { KeyId: s3 } },
];

const dryRun = { then: 'DryRunOperationException' } as const;
const dryRuns: readonly Scenario[] = [
  { title: 'a dry run of Encrypt', policy: [permit('kms:Encrypt')], operation: 'Encrypt', input: { Plaintext: 'x', DryRun: true }, ...dryRun },
  { title: 'a dry run of what is not allowed', operation: 'Encrypt', input: { Plaintext: 'x', DryRun: true }, refused: missing.identity },
  { title: 'a dry run with a key that is disabled', policy: [permit('kms:Encrypt')], key: { enabled: false }, operation: 'Encrypt', input: { Plaintext: 'x', DryRun: true }, then: 'DisabledException' },
  { title: 'a dry run of CreateGrant', policy: [permit('kms:CreateGrant')], operation: 'CreateGrant', input: { GranteePrincipal: 'arn:aws:iam::111122223333:role/x', Operations: ['Decrypt'], DryRun: true }, ...dryRun },
  { title: 'a dry run of GenerateDataKey', policy: [permit('kms:GenerateDataKey')], operation: 'GenerateDataKey', input: { KeySpec: 'AES_256', DryRun: true }, ...dryRun },
];

describeScenarios('A key of another account', crossAccount);
describeScenarios('An alias', aliases);
describeScenarios('An AWS managed key', awsManaged);
describeScenarios('DryRun', dryRuns);
