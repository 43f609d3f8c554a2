import type { KeyUsage } from '../../core/kms/keyMetadata.ts';
import { type KeySpecName, keySpecs } from '../../core/kms/keySpecs.ts';

const always = ['CreateGrant', 'DescribeKey', 'RetireGrant'];
const encryption = ['Decrypt', 'Encrypt', 'ReEncryptFrom', 'ReEncryptTo'];
const dataKeys = ['GenerateDataKey', 'GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext', 'GenerateDataKeyWithoutPlaintext'];

const byUsage: Readonly<Record<KeyUsage, readonly string[]>> = {
  ENCRYPT_DECRYPT: encryption,
  SIGN_VERIFY: ['Sign', 'Verify'],
  GENERATE_VERIFY_MAC: ['GenerateMac', 'VerifyMac'],
  KEY_AGREEMENT: ['DeriveSharedSecret'],
  ENCAPSULATE_DECAPSULATE: ['Decapsulate', 'Encapsulate'],
};

/**
 * The operations that a grant on such a key may permit
 * (https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations).
 */
export function grantOperationsOf(spec: KeySpecName, usage: KeyUsage): readonly string[] {
  const { kind } = keySpecs[spec];
  if (kind === 'symmetric') return [...always, ...encryption, ...dataKeys];
  return [...always, ...byUsage[usage], ...(kind === 'hmac' ? [] : ['GetPublicKey'])];
}
