import type { DataKeyPairSpec, DataKeySpec } from '../dataKeySpecs.ts';
import type { EncryptionContext } from '../keyMetadata.ts';
import type { KeyReference } from './keyReference.ts';

export interface EncryptResult {
  readonly keyArn: string;
  readonly ciphertext: Uint8Array;
}

export interface DecryptResult {
  readonly keyArn: string;
  readonly plaintext: Uint8Array;
}

/** A data key pair: the public key as DER SubjectPublicKeyInfo, the private one as DER PKCS #8 where it was asked for. */
export interface DataKeyPair {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array | undefined;
  readonly privateKeyCiphertext: Uint8Array;
}

/** A message to sign or to verify. */
export interface MessageToSign {
  readonly message: Uint8Array;
  readonly messageType: 'RAW' | 'DIGEST' | 'EXTERNAL_MU';
  readonly signingAlgorithm: string;
}

/** A ciphertext to decrypt or re-encrypt; an asymmetric key has to be named with its algorithm. */
export interface CiphertextSource {
  readonly ciphertext: Uint8Array;
  readonly encryptionContext: EncryptionContext;
  readonly keyId?: string;
  readonly encryptionAlgorithm?: string;
}

/** The cryptographic operations. Plaintexts and secrets are the caller's to clear. */
export interface Cryptography {
  /** `plaintext` holds 1 to 4096 bytes for a symmetric key, less for RSA, which needs the algorithm's name. */
  encrypt(
    key: KeyReference,
    plaintext: Uint8Array,
    encryptionContext: EncryptionContext,
    signal: AbortSignal,
    encryptionAlgorithm?: string,
  ): Promise<EncryptResult>;
  /** A ciphertext of a symmetric key names its key itself; KMS finds it in `region`. */
  decrypt(
    region: string,
    ciphertext: Uint8Array,
    encryptionContext: EncryptionContext,
    signal: AbortSignal,
  ): Promise<DecryptResult>;
  /** Decrypts with the key and algorithm that the source names. */
  decryptWith(region: string, source: CiphertextSource, signal: AbortSignal): Promise<DecryptResult>;
  /** Decrypts within KMS and encrypts under `key`, in the key's Region. */
  reEncrypt(key: KeyReference, source: CiphertextSource, encryptionContext: EncryptionContext, signal: AbortSignal): Promise<EncryptResult>;
  /** A data key of 16 or 32 bytes, in the open and encrypted under the key. */
  generateDataKey(
    key: KeyReference,
    keySpec: DataKeySpec,
    encryptionContext: EncryptionContext,
    signal: AbortSignal,
  ): Promise<EncryptResult & DecryptResult>;
  /** A data key under the key, which only Decrypt brings into the open. */
  generateDataKeyWithoutPlaintext(key: KeyReference, keySpec: DataKeySpec, encryptionContext: EncryptionContext, signal: AbortSignal): Promise<EncryptResult>;
  /** A key pair whose private key is encrypted under the key; `withPlaintext` gives it in the open as well. */
  generateDataKeyPair(
    key: KeyReference,
    keyPairSpec: DataKeyPairSpec,
    withPlaintext: boolean,
    encryptionContext: EncryptionContext,
    signal: AbortSignal,
  ): Promise<DataKeyPair>;
  sign(key: KeyReference, message: MessageToSign, signal: AbortSignal): Promise<Uint8Array>;
  /** False for a signature that does not fit. */
  verify(key: KeyReference, message: MessageToSign, signature: Uint8Array, signal: AbortSignal): Promise<boolean>;
  generateMac(key: KeyReference, message: Uint8Array, macAlgorithm: string, signal: AbortSignal): Promise<Uint8Array>;
  /** False for a MAC that does not fit. */
  verifyMac(key: KeyReference, message: Uint8Array, macAlgorithm: string, mac: Uint8Array, signal: AbortSignal): Promise<boolean>;
  /** `publicKey` is the other side's, as DER SubjectPublicKeyInfo on the key's own curve. */
  deriveSharedSecret(key: KeyReference, publicKey: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
  encapsulate(key: KeyReference, signal: AbortSignal): Promise<{ readonly sharedSecret: Uint8Array; readonly ciphertext: Uint8Array }>;
  decapsulate(key: KeyReference, ciphertext: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
}
