import type { KeyMetadata, KeyOrigin, KeyState, KeyUsage } from '../keyMetadata.ts';

/**
 * What the values of AWS KMS mean, a sentence or two each. The tables are records over the closed unions, so that a
 * value without words does not compile.
 */

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export const keyStateWords: Readonly<Record<KeyState, string>> = {
  Enabled: 'The key works: it can be used for every operation that its usage and its policy allow.',
  Disabled:
    'The key cannot be used: encrypting, decrypting and signing fail with DisabledException. What it encrypted stays safe and can be read again once the key is enabled. Policy, tags and aliases can still be changed.',
  PendingDeletion:
    'The key is waiting to be deleted and cannot be used. Until the deletion date the deletion can be cancelled; the key is then disabled and has to be enabled. After that date nobody, not even AWS, can decrypt what it encrypted.',
  PendingReplicaDeletion:
    'This multi-Region primary key is to be deleted, but replicas of it are left. Its waiting period begins when the last replica is gone, and until then the deletion can be cancelled.',
  PendingImport: 'The key has no key material yet. It works once its material is imported.',
  Unavailable:
    'The key lives in a custom key store that is not connected, so KMS cannot reach its material. Connect the key store to use the key.',
  Creating: 'KMS is still making the key. This lasts a moment.',
  Updating: 'KMS is changing the primary Region of this multi-Region key. This lasts a moment; cryptographic operations go on.',
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html, member KeyUsage */
export const keyUsageWords: Readonly<Record<KeyUsage, { readonly title: string; readonly text: string }>> = {
  ENCRYPT_DECRYPT: {
    title: 'Encrypt and decrypt',
    text: 'The key encrypts and decrypts data, and nothing else. A usage is chosen when a key is made and never changes.',
  },
  SIGN_VERIFY: {
    title: 'Sign and verify',
    text: 'The private key signs inside KMS. Anyone with the public key can verify, with or without KMS. The usage never changes.',
  },
  GENERATE_VERIFY_MAC: {
    title: 'Generate and verify MAC',
    text: 'The key makes and checks authentication codes (HMAC), for instance of tokens: both sides ask KMS. The usage never changes.',
  },
  KEY_AGREEMENT: {
    title: 'Key agreement',
    text: 'The key derives a shared secret with somebody else’s public key (DeriveSharedSecret). The usage never changes.',
  },
  ENCAPSULATE_DECAPSULATE: {
    title: 'Encapsulate and decapsulate',
    text: 'The key exchanges a 32-byte shared secret with a method that is made to resist quantum computers. The usage never changes.',
  },
};

/** https://docs.aws.amazon.com/kms/latest/developerguide/create-keys.html */
export const keyOriginWords: Readonly<Record<KeyOrigin, string>> = {
  AWS_KMS: 'KMS made the key material in its own hardware security modules. It never leaves them unencrypted, and KMS keeps it durable.',
  EXTERNAL:
    'The key material was made outside and imported. Keep your own copy: KMS cannot give it back, and after it expires or is deleted only the same material brings the key back.',
  AWS_CLOUDHSM: 'The key material lives in your own AWS CloudHSM cluster, behind a custom key store. The key works while the store is connected.',
  EXTERNAL_KEY_STORE:
    'The key material lives in a key manager outside AWS, behind an external key store proxy. Who runs that manager can cut off every use of the key.',
};

/** https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html, "KMS keys" */
export const keyManagerWords: Readonly<Record<KeyMetadata['keyManager'], { readonly title: string; readonly text: string }>> = {
  CUSTOMER: {
    title: 'Customer managed key',
    text: 'You own this key: its policy, rotation, tags and deletion are yours to decide. Older texts say customer master key (CMK) for a KMS key.',
  },
  AWS: {
    title: 'AWS managed key',
    text: 'An AWS service made this key in your account and is the only one to use it, on your behalf. You can look at it and see its use in CloudTrail, but not change, rotate or delete it.',
  },
};

const rsa = (bits: number, sha1: number, sha256: number): string =>
  `An RSA key pair of ${bits} bits. The private key stays in KMS; the public key can be downloaded. When used to encrypt it takes at most ${sha256} bytes with RSAES_OAEP_SHA_256 and ${sha1} with RSAES_OAEP_SHA_1.`;
const ecc = (curve: string, more: string): string =>
  `An elliptic curve key pair on ${curve}. ${more} The private key stays in KMS; the public key can be downloaded.`;
const hmac = (bits: number): string => `A symmetric key for HMAC with SHA-${bits}. It never leaves KMS, so only KMS can check what it made.`;
const mlDsa = (level: number): string => `An ML-DSA key pair (FIPS 204, security category ${level}): signatures made to resist quantum computers, and much larger than those of RSA or ECC.`;
const mlKem = (level: number): string => `An ML-KEM key pair (FIPS 203, security category ${level}): agreeing on a secret in a way made to resist quantum computers.`;

/**
 * https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html; the RSA limits are those of
 * RFC 8017, 7.1.1: the modulus less two hashes and two bytes.
 */
const keySpecWords: Readonly<Record<string, string>> = {
  SYMMETRIC_DEFAULT:
    'One 256-bit symmetric key (AES-GCM; SM4 in China Regions). It never leaves KMS, so every use is a call: up to 4096 bytes directly, more through data keys.',
  RSA_2048: rsa(2048, 214, 190),
  RSA_3072: rsa(3072, 342, 318),
  RSA_4096: rsa(4096, 470, 446),
  ECC_NIST_P256: ecc('NIST P-256 (secp256r1)', 'The common choice for ES256 tokens.'),
  ECC_NIST_P384: ecc('NIST P-384 (secp384r1)', 'The choice for ES384 tokens.'),
  ECC_NIST_P521: ecc('NIST P-521 (secp521r1)', 'The choice for ES512 tokens.'),
  ECC_SECG_P256K1: ecc('secp256k1', 'The curve of Bitcoin and other cryptocurrencies.'),
  ECC_NIST_EDWARDS25519: ecc('Edwards25519', 'It makes Ed25519 signatures.'),
  SM2: 'An SM2 key pair, available in China Regions only.',
  HMAC_224: hmac(224),
  HMAC_256: hmac(256),
  HMAC_384: hmac(384),
  HMAC_512: hmac(512),
  ML_DSA_44: mlDsa(2),
  ML_DSA_65: mlDsa(3),
  ML_DSA_87: mlDsa(5),
  ML_KEM_512: mlKem(1),
  ML_KEM_768: mlKem(3),
  ML_KEM_1024: mlKem(5),
};

/** What a key spec is; for a spec that came after this table, that it fixes the algorithms. */
export function explainKeySpec(keySpec: string): string {
  const words = Object.hasOwn(keySpecWords, keySpec) ? keySpecWords[keySpec] : undefined;
  return words ?? 'The kind of key material. It fixes which algorithms the key can be used with and never changes.';
}
