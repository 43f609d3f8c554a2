import { allow, delegated, deny, describeScenarios, explicit, missing, permit, type Scenario, type Statement } from './scenario.ts';

const encrypt = { operation: 'Encrypt', input: { Plaintext: 'x' } } as const;
const under = (context: Readonly<Record<string, string>>, more: object = {}) => ({ ...encrypt, input: { Plaintext: 'x', EncryptionContext: context, ...more } });
const when = (action: string, operator: string, key: string, value: unknown): readonly Statement[] => [permit(action, { Condition: { [operator]: { [key]: value } } })];
const iam = (action: string, operator: string, key: string, value: unknown) => ({ identity: [allow(action, { Condition: { [operator]: { [key]: value } } })] });

const encryptionContext: readonly Scenario[] = [
  { title: 'the encryption context that the policy asks for', policy: when('kms:Encrypt', 'StringEquals', 'kms:EncryptionContext:app', 'a'), ...under({ app: 'a' }) },
  { title: 'its key in other letters', policy: when('kms:Encrypt', 'StringEquals', 'kms:EncryptionContext:App', 'a'), ...under({ app: 'a' }) },
  { title: 'another value', policy: when('kms:Encrypt', 'StringEquals', 'kms:EncryptionContext:app', 'a'), ...under({ app: 'b' }), refused: missing.resource },
  { title: 'no encryption context', policy: when('kms:Encrypt', 'StringEquals', 'kms:EncryptionContext:app', 'a'), ...encrypt, refused: missing.resource },
  { title: 'one of the keys that it has to have', policy: when('kms:Encrypt', 'ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', 'app'), ...under({ app: 'a', b: 'c' }) },
  { title: 'keys beyond those that it may have', policy: when('kms:Encrypt', 'ForAllValues:StringEquals', 'kms:EncryptionContextKeys', 'app'), ...under({ app: 'a', b: 'c' }), refused: missing.resource },
  { title: 'a value that is the name of the user', policy: when('kms:Encrypt', 'StringLike', 'kms:EncryptionContext:user', '${aws:username}'), ...under({ user: 'caller-6' }) },
];

const sign = { operation: 'Sign', input: { Message: 'x', SigningAlgorithm: 'ECDSA_SHA_256' }, key: { spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' } } as const;
const cryptography: readonly Scenario[] = [
  { title: 'the algorithm, though it is the default', policy: when('kms:Encrypt', 'StringEquals', 'kms:EncryptionAlgorithm', 'SYMMETRIC_DEFAULT'), ...encrypt },
  { title: 'a signing algorithm', policy: when('kms:Sign', 'StringEquals', 'kms:SigningAlgorithm', 'ECDSA_SHA_256'), ...sign },
  { title: 'another signing algorithm', policy: when('kms:Sign', 'StringEquals', 'kms:SigningAlgorithm', 'ECDSA_SHA_384'), ...sign, refused: missing.resource },
  { title: 'a message type that is the default', policy: when('kms:Sign', 'StringEquals', 'kms:MessageType', 'RAW'), ...sign },
  { title: 'a message where a digest is wanted', policy: when('kms:Sign', 'StringEquals', 'kms:MessageType', 'DIGEST'), ...sign, refused: missing.resource },
  { title: 'a MAC algorithm', policy: when('kms:GenerateMac', 'StringEquals', 'kms:MacAlgorithm', 'HMAC_SHA_256'), key: { spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' }, operation: 'GenerateMac', input: { Message: 'x', MacAlgorithm: 'HMAC_SHA_256' } },
  { title: 'the spec of a data key pair', policy: when('kms:GenerateDataKeyPair', 'StringEquals', 'kms:DataKeyPairSpec', 'RSA_2048'), operation: 'GenerateDataKeyPair', input: { KeyPairSpec: 'ECC_NIST_P256' }, refused: missing.resource },
  { title: 'a data key without an attestation document', policy: when('kms:GenerateDataKey', 'StringEqualsIgnoreCase', 'kms:RecipientAttestation:PCR0', 'ab'), operation: 'GenerateDataKey', input: { KeySpec: 'AES_256' }, refused: missing.resource },
  { title: 'the key spec', policy: when('kms:Encrypt', 'StringEquals', 'kms:KeySpec', 'SYMMETRIC_DEFAULT'), ...encrypt },
  { title: 'a multi-Region key where one is not wanted', policy: when('kms:Encrypt', 'Bool', 'kms:MultiRegion', 'true'), ...encrypt, refused: missing.resource },
];

const byAlias = { ...encrypt, input: { Plaintext: 'x', KeyId: 'ALIAS' } } as const;
const aliasName = 'alias/scenario-*';
const naming: readonly Scenario[] = [
  { title: 'a request by the alias', policy: when('kms:Encrypt', 'StringLike', 'kms:RequestAlias', aliasName), ...byAlias },
  { title: 'a request by the ARN where the alias is wanted', policy: when('kms:Encrypt', 'StringLike', 'kms:RequestAlias', aliasName), ...encrypt, refused: missing.resource },
  { title: 'a key by its aliases through IAM', caller: iam('kms:Encrypt', 'ForAnyValue:StringLike', 'kms:ResourceAliases', aliasName), ...encrypt },
  { title: 'a key without the alias through IAM', caller: iam('kms:Encrypt', 'ForAnyValue:StringLike', 'kms:ResourceAliases', 'alias/none'), ...encrypt, refused: missing.identity },
  { title: 'a key by its aliases in a key policy, which does not know them', policy: when('kms:Encrypt', 'ForAnyValue:StringLike', 'kms:ResourceAliases', aliasName), ...encrypt, refused: missing.resource },
  { title: 'a key by its tag', caller: iam('kms:Encrypt', 'StringEquals', 'aws:ResourceTag/team', 'a'), key: { tags: { team: 'a' } }, ...encrypt },
  { title: 'a key with another tag', caller: iam('kms:Encrypt', 'StringEquals', 'aws:ResourceTag/team', 'a'), key: { tags: { team: 'b' } }, ...encrypt, refused: missing.identity },
  { title: 'the tag of the caller on the key', caller: { ...iam('kms:Encrypt', 'StringEquals', 'aws:ResourceTag/team', '${aws:PrincipalTag/team}'), tags: { team: 'a' } }, key: { tags: { team: 'a' } }, ...encrypt },
  { title: 'a caller without the tag', policy: when('kms:Encrypt', 'StringEquals', 'aws:PrincipalTag/team', 'a'), caller: { tags: { team: 'b' } }, ...encrypt, refused: missing.resource },
];

const tags = { operation: 'TagResource', input: { Tags: [{ TagKey: 'team', TagValue: 'a' }] } } as const;
const management: readonly Scenario[] = [
  { title: 'the tag that may be set', policy: when('kms:TagResource', 'StringEquals', 'aws:RequestTag/team', 'a'), ...tags },
  { title: 'a tag key that may not be set', policy: when('kms:TagResource', 'ForAllValues:StringEquals', 'aws:TagKeys', 'cost'), ...tags, refused: missing.resource },
  { title: 'a tag key that may not be removed', policy: when('kms:UntagResource', 'ForAllValues:StringEquals', 'aws:TagKeys', 'cost'), operation: 'UntagResource', input: { TagKeys: ['team'] }, refused: missing.resource },
  { title: 'a rotation period', policy: when('kms:EnableKeyRotation', 'NumericLessThanEquals', 'kms:RotationPeriodInDays', '180'), operation: 'EnableKeyRotation', input: { RotationPeriodInDays: 180 } },
  { title: 'the rotation period of the default', policy: when('kms:EnableKeyRotation', 'NumericLessThanEquals', 'kms:RotationPeriodInDays', '180'), operation: 'EnableKeyRotation', refused: missing.resource },
  { title: 'a waiting period that is too short', policy: when('kms:ScheduleKeyDeletion', 'NumericGreaterThanEquals', 'kms:ScheduleKeyDeletionPendingWindowInDays', '30'), operation: 'ScheduleKeyDeletion', input: { PendingWindowInDays: 7 }, refused: missing.resource },
  { title: 'to disable a key that was used lately', policy: when('kms:DisableKey', 'NumericGreaterThanEquals', 'kms:TrailingDaysWithoutKeyUsage', '30'), operation: 'DisableKey', refused: missing.resource },
  { title: 'a wrapping algorithm', policy: when('kms:GetParametersForImport', 'StringEquals', 'kms:WrappingAlgorithm', 'RSAES_OAEP_SHA_256'), key: { origin: 'EXTERNAL' }, operation: 'GetParametersForImport', input: { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } },
  { title: 'the Region of a replica', policy: when('kms:ReplicateKey', 'StringEquals', 'kms:ReplicaRegion', 'eu-west-1'), operation: 'ReplicateKey', input: { ReplicaRegion: 'eu-west-2' }, refused: missing.resource },
];

const sign5 = { kind: 'role', identity: [allow('kms:*')] } as const;
const global: readonly Scenario[] = [
  { title: 'the address of this machine', policy: when('kms:Encrypt', 'IpAddress', 'aws:SourceIp', '127.0.0.0/8'), ...encrypt },
  { title: 'another network', policy: when('kms:Encrypt', 'IpAddress', 'aws:SourceIp', '10.0.0.0/8'), ...encrypt, refused: missing.resource },
  { title: 'a request without TLS where it is denied', policy: [permit('kms:*'), deny('kms:*', { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })], ...encrypt, refused: explicit.resource },
  { title: 'the Region', policy: when('kms:Encrypt', 'StringEquals', 'aws:RequestedRegion', 'us-east-1'), ...encrypt },
  { title: 'a time that is over', policy: when('kms:Encrypt', 'DateLessThan', 'aws:CurrentTime', '2020-01-01T00:00:00Z'), ...encrypt, refused: missing.resource },
  { title: 'the ARN of the role of a session', policy: [delegated(), deny('kms:Encrypt', { Principal: '*', Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'CALLER' } } })], caller: sign5, ...encrypt },
  { title: 'the account', policy: [permit('kms:Encrypt', { Principal: '*', Condition: { StringEquals: { 'kms:CallerAccount': '111122223333' } } })], ...encrypt },
  { title: 'a request that comes through no service', policy: when('kms:Encrypt', 'StringEquals', 'kms:ViaService', 's3.us-east-1.amazonaws.com'), ...encrypt, refused: missing.resource },
  { title: 'a session without multi-factor authentication', policy: [delegated(), deny('kms:*', { Principal: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })], caller: sign5, ...encrypt, refused: explicit.resource },
  { title: 'an access key, which tells nothing of it', policy: [permit('kms:*'), deny('kms:*', { Principal: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })], ...encrypt },
];

describeScenarios('A condition on the encryption context', encryptionContext);
describeScenarios('A condition on cryptography', cryptography);
describeScenarios('A condition on aliases and tags', naming);
describeScenarios('A condition on management', management);
describeScenarios('A global condition', global);
