import { isChinaRegion } from '../../../core/kms/arn.ts';
import { keySpecOf } from '../../../core/kms/keySpecs.ts';

export type RsaWrappingAlgorithm = 'RSAES_OAEP_SHA_256' | 'RSAES_OAEP_SHA_1' | 'RSA_AES_KEY_WRAP_SHA_256' | 'RSA_AES_KEY_WRAP_SHA_1';
export type WrappingAlgorithm = RsaWrappingAlgorithm | 'SM2PKE';
export type WrappingKeySpec = 'RSA_4096' | 'RSA_3072' | 'RSA_2048' | 'SM2';

/** How material travels to KMS: an algorithm, and the key that KMS makes for it. */
export interface Wrapping {
  readonly algorithm: WrappingAlgorithm;
  readonly wrappingKeySpec: WrappingKeySpec;
}

const sm2: Wrapping = { algorithm: 'SM2PKE', wrappingKeySpec: 'SM2' };
const direct: readonly WrappingAlgorithm[] = ['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1'];
const enveloped: readonly WrappingAlgorithm[] = ['RSA_AES_KEY_WRAP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1'];
const sizes: readonly WrappingKeySpec[] = ['RSA_4096', 'RSA_3072', 'RSA_2048'];

/**
 * The wrappings that fit the material of a key spec, the recommended one first. RSA encrypts only what is shorter than
 * itself, so long private keys are wrapped under an AES key, and that one under RSA. SM2 is offered in the China Regions
 * (https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-get-public-key-and-token.html).
 */
export function wrappingsOf(keySpec: string, region: string): readonly Wrapping[] {
  const kind = keySpecOf(keySpec)?.kind;
  const short = kind === 'symmetric' || kind === 'hmac';
  const elliptic = kind === 'ecc' || kind === 'edwards' || kind === 'sm2';
  const algorithms = short ? [...direct, ...enveloped] : elliptic ? [...enveloped, ...direct] : enveloped;
  const ofRsa = algorithms
    .flatMap((algorithm) => sizes.map((wrappingKeySpec) => ({ algorithm, wrappingKeySpec })))
    .filter((wrapping) => !(keySpec === 'ECC_NIST_P521' && wrapping.wrappingKeySpec === 'RSA_2048' && direct.includes(wrapping.algorithm)));
  return isChinaRegion(region) && (short || elliptic) ? [...ofRsa, sm2] : ofRsa;
}
