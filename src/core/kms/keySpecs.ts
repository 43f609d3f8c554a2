import type { KeyUsage } from './keyMetadata.ts';

export type KeyKind = 'symmetric' | 'rsa' | 'ecc' | 'edwards' | 'hmac' | 'ml-dsa' | 'ml-kem' | 'sm2';

export type SigningHash = 'sha256' | 'sha384' | 'sha512';
export type MacHash = 'sha224' | 'sha256' | 'sha384' | 'sha512';
export type NamedCurve = 'P-256' | 'P-384' | 'P-521' | 'secp256k1';
export type MlDsaParameterSet = 'ML-DSA-44' | 'ML-DSA-65' | 'ML-DSA-87';
export type MlKemParameterSet = 'ML-KEM-512' | 'ML-KEM-768' | 'ML-KEM-1024';

/** All that is known of one key spec (https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html). */
export interface KeySpecRow {
  readonly kind: KeyKind;
  /** The usages a key of this spec can be created for, the only one or the customary one first. */
  readonly usages: readonly KeyUsage[];
  readonly algorithms: Readonly<Partial<Record<KeyUsage, readonly string[]>>>;
  /** Modulus bits of RSA, bytes of symmetric and HMAC key material. */
  readonly size?: number;
  readonly curve?: NamedCurve;
  readonly mlDsa?: MlDsaParameterSet;
  readonly mlKem?: MlKemParameterSet;
}

const rsaSigning = [
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
];

const rsa = (size: number): KeySpecRow => ({
  kind: 'rsa',
  usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'],
  algorithms: { ENCRYPT_DECRYPT: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'], SIGN_VERIFY: rsaSigning },
  size,
});

const ecc = (curve: NamedCurve, algorithm: string): KeySpecRow => ({
  kind: 'ecc',
  usages: curve === 'secp256k1' ? ['SIGN_VERIFY'] : ['SIGN_VERIFY', 'KEY_AGREEMENT'],
  algorithms: { SIGN_VERIFY: [algorithm], ...(curve === 'secp256k1' ? {} : { KEY_AGREEMENT: ['ECDH'] }) },
  curve,
});

const hmac = (size: number, algorithm: string): KeySpecRow => ({
  kind: 'hmac',
  usages: ['GENERATE_VERIFY_MAC'],
  algorithms: { GENERATE_VERIFY_MAC: [algorithm] },
  size,
});

const mlDsa = (parameterSet: MlDsaParameterSet): KeySpecRow => ({
  kind: 'ml-dsa',
  usages: ['SIGN_VERIFY'],
  algorithms: { SIGN_VERIFY: ['ML_DSA_SHAKE_256'] },
  mlDsa: parameterSet,
});

const mlKem = (parameterSet: MlKemParameterSet): KeySpecRow => ({
  kind: 'ml-kem',
  usages: ['ENCAPSULATE_DECAPSULATE'],
  algorithms: { ENCAPSULATE_DECAPSULATE: ['ML_KEM'] },
  mlKem: parameterSet,
});

const rows = {
  SYMMETRIC_DEFAULT: {
    kind: 'symmetric',
    usages: ['ENCRYPT_DECRYPT'],
    algorithms: { ENCRYPT_DECRYPT: ['SYMMETRIC_DEFAULT'] },
    size: 32,
    },
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
  ECC_NIST_P256: ecc('P-256', 'ECDSA_SHA_256'),
  ECC_NIST_P384: ecc('P-384', 'ECDSA_SHA_384'),
  ECC_NIST_P521: ecc('P-521', 'ECDSA_SHA_512'),
  ECC_SECG_P256K1: ecc('secp256k1', 'ECDSA_SHA_256'),
  ECC_NIST_EDWARDS25519: {
    kind: 'edwards',
    usages: ['SIGN_VERIFY'],
    algorithms: { SIGN_VERIFY: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'] },
  },
  HMAC_224: hmac(28, 'HMAC_SHA_224'),
  HMAC_256: hmac(32, 'HMAC_SHA_256'),
  HMAC_384: hmac(48, 'HMAC_SHA_384'),
  HMAC_512: hmac(64, 'HMAC_SHA_512'),
  ML_DSA_44: mlDsa('ML-DSA-44'),
  ML_DSA_65: mlDsa('ML-DSA-65'),
  ML_DSA_87: mlDsa('ML-DSA-87'),
  ML_KEM_512: mlKem('ML-KEM-512'),
  ML_KEM_768: mlKem('ML-KEM-768'),
  ML_KEM_1024: mlKem('ML-KEM-1024'),
  SM2: {
    kind: 'sm2',
    usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'KEY_AGREEMENT'],
    algorithms: { ENCRYPT_DECRYPT: ['SM2PKE'], SIGN_VERIFY: ['SM2DSA'], KEY_AGREEMENT: ['ECDH'] },
  },
} as const satisfies Record<string, KeySpecRow>;

export type KeySpecName = keyof typeof rows;

/** The twenty key specs of AWS KMS. */
export const keySpecs: Readonly<Record<KeySpecName, KeySpecRow>> = rows;

export const keySpecNames = Object.keys(rows) as readonly KeySpecName[];

/** The row of a spec named by someone else, or undefined when AWS KMS has no such spec. */
export function keySpecOf(name: string): KeySpecRow | undefined {
  return Object.hasOwn(rows, name) ? keySpecs[name as KeySpecName] : undefined;
}

/** The algorithms that a key of this spec and usage offers; empty when the two do not go together. */
export function algorithmsOf(row: KeySpecRow, usage: KeyUsage): readonly string[] {
  return row.algorithms[usage] ?? [];
}
