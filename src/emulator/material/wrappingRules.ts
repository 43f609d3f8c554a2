import type { AlgorithmSpec, WrappingKeySpec } from '@aws-sdk/client-kms';
import { isChinaRegion } from '../../core/kms/arn.ts';
import { keySpecs } from '../../core/kms/keySpecs.ts';
import type { WrappingAlgorithm } from '../crypto/keyImport.ts';
import { KmsException } from '../kmsException.ts';
import type { KeyRecord } from '../store/keyRecord.ts';

function unsupported(words: string): KmsException {
  return new KmsException('UnsupportedOperationException', words);
}

/** RSA private keys are longer than anything that an RSA key encrypts directly, and 2048 bits are too short for a P-521 key. */
function fits(key: KeyRecord, algorithm: WrappingAlgorithm, wrappingSpec: WrappingKeySpec): boolean {
  const { kind, curve } = keySpecs[key.spec];
  if (algorithm.startsWith('RSA_AES_KEY_WRAP')) return true;
  return kind !== 'rsa' && !(curve === 'P-521' && wrappingSpec === 'RSA_2048');
}

/**
 * Throws UnsupportedOperationException for a pair of algorithm and wrapping key that material of this key cannot be
 * imported with (https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-get-public-key-and-token.html).
 */
export function checkWrapping(key: KeyRecord, algorithm: AlgorithmSpec, wrappingSpec: WrappingKeySpec): asserts algorithm is WrappingAlgorithm {
  if (algorithm === 'RSAES_PKCS1_V1_5') throw unsupported('WrappingAlgorithm RSAES_PKCS1_V1_5 is not supported any more.');
  const usesSm2 = algorithm === 'SM2PKE';
  if ((usesSm2 || wrappingSpec === 'SM2') && !isChinaRegion(key.region)) {
    throw unsupported(usesSm2 ? 'WrappingAlgorithm SM2PKE is not supported in this Region' : 'WrappingKeySpec SM2 is not supported in this Region');
  }
  if (usesSm2 !== (wrappingSpec === 'SM2')) throw unsupported(`WrappingAlgorithm ${algorithm} is not compatible with WrappingKeySpec ${wrappingSpec}.`);
  if (!fits(key, algorithm, wrappingSpec)) {
    throw unsupported(`Key material of ${key.spec} cannot be imported with WrappingAlgorithm ${algorithm} and WrappingKeySpec ${wrappingSpec}.`);
  }
}
