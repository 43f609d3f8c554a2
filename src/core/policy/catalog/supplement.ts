import type { ActionFacts, ActionKeys, ConditionKeyFacts } from './catalogRows.ts';

/** Actions that the generated data does not have yet (https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html). */
export const addedActions: readonly ActionFacts[] = [
  { name: 'Decapsulate', access: 'Write', resources: ['key'], conditionKeys: ['kms:CallerAccount', 'kms:RequestAlias', 'kms:ViaService'] },
  { name: 'Encapsulate', access: 'Write', resources: ['key'], conditionKeys: ['kms:CallerAccount', 'kms:RequestAlias', 'kms:ViaService'] },
];

/** Actions whose API reference says "Cross-account use: Yes". */
export const crossAccountActions: readonly string[] = [
  'CreateGrant',
  'Decapsulate',
  'Decrypt',
  'DeriveSharedSecret',
  'DescribeKey',
  'Encapsulate',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GetKeyRotationStatus',
  'GetPublicKey',
  'ListGrants',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
  'RevokeGrant',
  'Sign',
  'Verify',
  'VerifyMac',
];

/** The operations of a grant (https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html). */
export const grantableActions: readonly string[] = [
  'CreateGrant',
  'Decapsulate',
  'Decrypt',
  'DeriveSharedSecret',
  'DescribeKey',
  'Encapsulate',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GetPublicKey',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
  'Sign',
  'Verify',
  'VerifyMac',
];

const encryption: ActionKeys = { usages: ['ENCRYPT_DECRYPT'] };
const dataKeys: ActionKeys = { usages: ['ENCRYPT_DECRYPT'], kinds: ['symmetric'] };
const signing: ActionKeys = { usages: ['SIGN_VERIFY'] };
const mac: ActionKeys = { usages: ['GENERATE_VERIFY_MAC'] };
const encapsulation: ActionKeys = { usages: ['ENCAPSULATE_DECAPSULATE'] };
const imported: ActionKeys = { origins: ['EXTERNAL'] };
const multiRegion: ActionKeys = { multiRegion: true };

/**
 * The keys each action can be used on
 * (https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-compare.html). Other actions work on every key.
 */
export const actionKeys: Readonly<Record<string, ActionKeys>> = {
  Decapsulate: encapsulation,
  Decrypt: encryption,
  DeleteImportedKeyMaterial: imported,
  DeriveSharedSecret: { usages: ['KEY_AGREEMENT'] },
  DisableKeyRotation: { kinds: ['symmetric'] },
  EnableKeyRotation: { kinds: ['symmetric'], origins: ['AWS_KMS'] },
  Encapsulate: encapsulation,
  Encrypt: encryption,
  GenerateDataKey: dataKeys,
  GenerateDataKeyPair: dataKeys,
  GenerateDataKeyPairWithoutPlaintext: dataKeys,
  GenerateDataKeyWithoutPlaintext: dataKeys,
  GenerateMac: mac,
  GetParametersForImport: imported,
  GetPublicKey: { kinds: ['rsa', 'ecc', 'edwards', 'ml-dsa', 'ml-kem', 'sm2'] },
  ImportKeyMaterial: imported,
  ReEncryptFrom: encryption,
  ReEncryptTo: encryption,
  ReplicateKey: multiRegion,
  RotateKeyOnDemand: { kinds: ['symmetric'], origins: ['AWS_KMS', 'EXTERNAL'] },
  Sign: signing,
  SynchronizeMultiRegionKey: multiRegion,
  UpdatePrimaryRegion: multiRegion,
  Verify: signing,
  VerifyMac: mac,
};

/** Deprecated condition keys and their successors (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html). */
export const replacedConditionKeys: Readonly<Record<string, string>> = {
  'kms:CustomerMasterKeySpec': 'kms:KeySpec',
  'kms:CustomerMasterKeyUsage': 'kms:KeyUsage',
};

/** kms:ResourceAliases works in IAM policies only. */
export const iamOnlyConditionKeys: readonly string[] = ['kms:ResourceAliases'];

const single = (type: ConditionKeyFacts['type'], names: readonly string[]): readonly ConditionKeyFacts[] =>
  names.map((name) => ({ name, type, multiValued: false }));

const several = (names: readonly string[]): readonly ConditionKeyFacts[] =>
  names.map((name) => ({ name, type: 'String', multiValued: true }));

/** AWS's global condition keys (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html). */
export const globalConditionKeys: readonly ConditionKeyFacts[] = [
  ...single('String', [
    'aws:CalledViaFirst',
    'aws:CalledViaLast',
    'aws:ChatbotSourceArn',
    'aws:Ec2InstanceSourcePrivateIPv4',
    'aws:Ec2InstanceSourceVpc',
    'aws:FederatedProvider',
    'aws:PrincipalAccount',
    'aws:PrincipalOrgID',
    'aws:PrincipalServiceName',
    'aws:PrincipalTag/${TagKey}',
    'aws:PrincipalType',
    'aws:referer',
    'aws:RequestedRegion',
    'aws:ResourceAccount',
    'aws:ResourceOrgID',
    'aws:SourceAccount',
    'aws:SourceIdentity',
    'aws:SourceOrgID',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:UserAgent',
    'aws:userid',
    'aws:username',
    'aws:VpceAccount',
    'aws:VpceOrgID',
    'ec2:SourceInstanceARN',
  ]),
  ...single('Bool', [
    'aws:MultiFactorAuthPresent',
    'aws:PrincipalIsAWSService',
    'aws:SecureTransport',
    'aws:ViaAWSService',
    'aws:IsMcpServiceAction',
  ]),
  ...single('Numeric', ['aws:MultiFactorAuthAge']),
  ...single('Date', ['aws:CurrentTime', 'aws:EpochTime', 'aws:TokenIssueTime']),
  ...single('Arn', ['aws:PrincipalArn', 'aws:SourceArn', 'aws:VpceSourceArn']),
  ...single('IPAddress', ['aws:SourceIp', 'aws:VpcSourceIp']),
  ...several([
    'aws:CalledVia',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalServiceNamesList',
    'aws:ResourceOrgPaths',
    'aws:SourceOrgPaths',
    'aws:VpceOrgPaths',
  ]),
];
