/** The data keys of GenerateDataKey that have a name (https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html). */
export const dataKeySpecs = ['AES_256', 'AES_128'] as const;
export type DataKeySpec = (typeof dataKeySpecs)[number];

/** The pairs of GenerateDataKeyPair (https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html). KMS makes SM2 in China Regions alone. */
export const dataKeyPairSpecs = [
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_NIST_EDWARDS25519',
  'ECC_SECG_P256K1',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'ML_KEM_512',
  'ML_KEM_768',
  'ML_KEM_1024',
  'SM2',
] as const;
export type DataKeyPairSpec = (typeof dataKeyPairSpecs)[number];

/** Whether a text names a data key of GenerateDataKey. */
export function isDataKeySpec(text: unknown): text is DataKeySpec {
  return dataKeySpecs.some((spec) => spec === text);
}

/** Whether a text names a pair of GenerateDataKeyPair. */
export function isDataKeyPairSpec(text: unknown): text is DataKeyPairSpec {
  return dataKeyPairSpecs.some((spec) => spec === text);
}
