import type { KeyUsage } from './keyMetadata.ts';

const always = ['DescribeKey', 'CreateGrant', 'RetireGrant'] as const;

const symmetric = [
  'Encrypt',
  'Decrypt',
  'ReEncryptFrom',
  'ReEncryptTo',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
];

const asymmetric: Readonly<Record<KeyUsage, readonly string[]>> = {
  ENCRYPT_DECRYPT: ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GetPublicKey'],
  SIGN_VERIFY: ['Sign', 'Verify', 'GetPublicKey'],
  GENERATE_VERIFY_MAC: ['GenerateMac', 'VerifyMac'],
  KEY_AGREEMENT: ['DeriveSharedSecret', 'GetPublicKey'],
  ENCAPSULATE_DECAPSULATE: ['Encapsulate', 'Decapsulate', 'GetPublicKey'],
};

/** The operations that a grant of a key can allow (https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations). */
export function grantOperationsOf(keySpec: string, usage: KeyUsage): readonly string[] {
  return [...(keySpec === 'SYMMETRIC_DEFAULT' ? symmetric : asymmetric[usage]), ...always];
}
