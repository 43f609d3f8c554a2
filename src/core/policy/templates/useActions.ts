import { keySpecOf } from '../../kms/keySpecs.ts';
import type { KeyProperties } from '../catalog/catalog.ts';

/** The actions that the console gives the users of a key (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-users-crypto). */
export function useActions(key: KeyProperties): readonly string[] {
  const isSymmetric = key.spec === undefined || keySpecOf(key.spec)?.kind === 'symmetric';
  switch (key.usage ?? 'ENCRYPT_DECRYPT') {
    case 'ENCRYPT_DECRYPT':
      return isSymmetric
        ? ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']
        : ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:DescribeKey', 'kms:GetPublicKey'];
    case 'SIGN_VERIFY':
      return ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign', 'kms:Verify'];
    case 'GENERATE_VERIFY_MAC':
      return ['kms:DescribeKey', 'kms:GenerateMac', 'kms:VerifyMac'];
    case 'KEY_AGREEMENT':
      return ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:DeriveSharedSecret'];
    case 'ENCAPSULATE_DECAPSULATE':
      return ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Encapsulate', 'kms:Decapsulate'];
  }
}

/**
 * The actions that the console gives the administrators of a key
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-administrators).
 */
export function administratorActions(key: KeyProperties): readonly string[] {
  const isSymmetric = key.spec === undefined || keySpecOf(key.spec)?.kind === 'symmetric';
  const isStored = key.origin === 'AWS_CLOUDHSM' || key.origin === 'EXTERNAL_KEY_STORE';
  return [
    ...['Create', 'Describe', 'Enable', 'List', 'Put', 'Update', 'Revoke', 'Disable', 'Get', 'Delete'].map((verb) => `kms:${verb}*`),
    'kms:TagResource',
    'kms:UntagResource',
    'kms:ScheduleKeyDeletion',
    'kms:CancelKeyDeletion',
    ...(key.origin === 'EXTERNAL' ? ['kms:ImportKeyMaterial'] : []),
    ...(key.multiRegion === true ? ['kms:ReplicateKey'] : []),
    ...(isSymmetric && !isStored ? ['kms:RotateKeyOnDemand'] : []),
  ];
}
