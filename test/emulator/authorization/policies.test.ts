import { allow, delegated, deny, describeScenarios, explicit, forbid, missing, otherAccount, permit, type Scenario } from './scenario.ts';

const encrypt = { operation: 'Encrypt', input: { Plaintext: 'x' } } as const;
const all = { identity: [allow('kms:*')] } as const;

const keyPolicies: readonly Scenario[] = [
  { title: 'the root user under the default policy', caller: { kind: 'root' }, ...encrypt },
  { title: 'the root user where the key policy leaves the account out', policy: [permit('kms:*', { Principal: { AWS: `arn:aws:iam::${otherAccount}:root` } })], caller: { kind: 'root' }, ...encrypt, refused: missing.resource },
  { title: 'the root user by an account id', policy: [delegated('kms:Encrypt')], caller: { kind: 'root' }, ...encrypt },
  { title: 'the root user against an explicit deny', policy: [delegated(), deny('kms:Encrypt', { Principal: '*' })], caller: { kind: 'root' }, ...encrypt, refused: explicit.resource },
  { title: 'a user whom the key policy names, without an identity policy', policy: [permit('kms:Encrypt')], ...encrypt },
  { title: 'a user whom the key policy names for something else', policy: [permit('kms:Decrypt')], ...encrypt, refused: missing.resource },
  { title: 'everybody, by a star', policy: [permit('kms:Encrypt', { Principal: '*' })], ...encrypt },
  { title: 'a user through the account and IAM', caller: all, ...encrypt },
  { title: 'a user through the account without an identity policy', ...encrypt, refused: missing.identity },
  { title: 'a user whose identity policy is useless without the account', policy: [permit('kms:*', { Principal: { AWS: `arn:aws:iam::${otherAccount}:root` } })], caller: all, ...encrypt, refused: missing.resource },
  { title: 'a user by an identity policy on this key alone', caller: { identity: [allow('kms:Encrypt', { Resource: 'KEY' })] }, ...encrypt },
  { title: 'a user by an identity policy on an alias, which is no key', caller: { identity: [allow('kms:Encrypt', { Resource: 'ALIAS' })] }, ...encrypt, refused: missing.identity },
  { title: 'an account statement that delegates less than IAM allows', policy: [delegated('kms:Decrypt')], caller: all, ...encrypt, refused: missing.resource },
  { title: 'an explicit deny of the key policy', policy: [delegated(), forbid('kms:Enc*')], caller: all, ...encrypt, refused: explicit.resource },
  { title: 'an explicit deny of IAM against a key policy that names the user', policy: [permit('kms:*')], caller: { identity: [deny('kms:Encrypt')] }, ...encrypt, refused: explicit.identity },
  { title: 'whom NotPrincipal of a deny leaves out', policy: [permit('kms:*'), { ...deny('kms:*'), NotPrincipal: { AWS: 'CALLER' } }], ...encrypt },
  { title: 'a statement without an action, which has no effect', policy: [{ Effect: 'Allow', Principal: '*', Resource: '*' }], ...encrypt, refused: missing.resource },
  { title: 'an action in other letters', policy: [permit('KMS:ENCRYPT')], ...encrypt },
  { title: 'everything but what NotAction names', policy: [{ Effect: 'Allow', Principal: { AWS: 'CALLER' }, NotAction: 'kms:Decrypt', Resource: '*' }], ...encrypt },
  { title: 'a service in the place of a person', policy: [permit('kms:*', { Principal: { Service: 's3.amazonaws.com' } })], ...encrypt, refused: missing.resource },
];

const limits: readonly Scenario[] = [
  { title: 'what identity and boundary allow', caller: { ...all, boundary: [allow('kms:Encrypt')] }, ...encrypt },
  { title: 'what the boundary does not allow', caller: { ...all, boundary: [allow('kms:Decrypt')] }, ...encrypt, refused: missing.boundary },
  { title: 'what the boundary denies', caller: { ...all, boundary: [allow('kms:*'), deny('kms:Encrypt')] }, ...encrypt, refused: explicit.boundary },
  { title: 'a user whom the key policy names beyond the boundary', policy: [permit('kms:Encrypt')], caller: { boundary: [allow('s3:*')] }, ...encrypt },
  { title: 'a role whom the key policy names beyond the boundary', policy: [permit('kms:Encrypt')], caller: { kind: 'role', boundary: [allow('s3:*')] }, ...encrypt, refused: missing.boundary },
  { title: 'a session of a role through IAM', caller: { kind: 'role', ...all }, ...encrypt },
  { title: 'a session of a role whom the key policy names', policy: [permit('kms:Encrypt')], caller: { kind: 'role' }, ...encrypt },
  { title: 'a session without an identity policy', caller: { kind: 'role' }, ...encrypt, refused: missing.identity },
  { title: 'what identity and session allow', caller: { kind: 'role', ...all, session: [allow('kms:Encrypt')] }, ...encrypt },
  { title: 'what the session policy does not allow', caller: { kind: 'role', ...all, session: [allow('kms:Decrypt')] }, ...encrypt, refused: missing.session },
  { title: 'what the session policy denies', policy: [permit('kms:*')], caller: { kind: 'role', session: [allow('kms:*'), deny('kms:Encrypt')] }, ...encrypt, refused: explicit.session },
];

const alone = { resource: '*', input: { KeyId: undefined } } as const;
const identityOnly: readonly Scenario[] = [
  { title: 'ListKeys by IAM', caller: { identity: [allow('kms:ListKeys')] }, operation: 'ListKeys' },
  { title: 'ListKeys without it', operation: 'ListKeys', ...alone, refused: missing.identity },
  { title: 'ListKeys by a policy about one key', caller: { identity: [allow('kms:ListKeys', { Resource: 'KEY' })] }, operation: 'ListKeys', ...alone, refused: missing.identity },
  { title: 'ListAliases by IAM', caller: { identity: [allow('kms:ListAliases')] }, operation: 'ListAliases', input: { KeyId: 'ID' } },
  { title: 'ListAliases by the key policy alone', policy: [permit('kms:*')], operation: 'ListAliases', resource: '*', refused: missing.identity },
  { title: 'GenerateRandom without IAM', operation: 'GenerateRandom', input: { NumberOfBytes: 1 }, resource: '*', refused: missing.identity },
  { title: 'CreateKey by IAM', caller: { identity: [allow('kms:CreateKey')] }, operation: 'CreateKey', input: {} },
  { title: 'CreateKey without it', caller: { identity: [allow('kms:List*')] }, operation: 'CreateKey', ...alone, refused: missing.identity },
  { title: 'CreateKey of another spec than IAM allows', caller: { identity: [allow('kms:CreateKey', { Condition: { StringEquals: { 'kms:KeySpec': 'HMAC_256' } } })] }, operation: 'CreateKey', ...alone, refused: missing.identity },
  { title: 'CreateKey with tags by two rights', caller: { identity: [allow(['kms:CreateKey', 'kms:TagResource'])] }, operation: 'CreateKey', input: { Tags: [{ TagKey: 'team', TagValue: 'a' }] } },
  { title: 'CreateKey with the tag that it has to have', caller: { identity: [allow(['kms:CreateKey', 'kms:TagResource'], { Condition: { StringEquals: { 'aws:RequestTag/team': 'a' } } })] }, operation: 'CreateKey', input: { Tags: [{ TagKey: 'team', TagValue: 'a' }] } },
  { title: 'CreateKey without the tag that it has to have', caller: { identity: [allow(['kms:CreateKey', 'kms:TagResource'], { Condition: { StringEquals: { 'aws:RequestTag/team': 'a' } } })] }, operation: 'CreateKey', ...alone, refused: missing.identity },
  { title: 'DescribeCustomKeyStores without IAM', operation: 'DescribeCustomKeyStores', ...alone, refused: missing.identity },
  { title: 'ListRetirableGrants without IAM', operation: 'ListRetirableGrants', input: { RetiringPrincipal: 'arn:aws:iam::111122223333:user/x' }, resource: '*', refused: missing.identity },
];

describeScenarios('A key policy', keyPolicies);
describeScenarios('The limits of a caller', limits);
describeScenarios('An operation without a key', identityOnly);
