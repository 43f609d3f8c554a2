import type { EncryptionContext } from '../../kms/keyMetadata.ts';

/** The primitives that core does not have itself. The implementation on Node is features/shared/secrets/sopsCrypto.ts. */
export interface SopsCrypto {
  /** AES-256-GCM with an IV of any length. `tag` has 16 bytes. */
  seal(
    key: Uint8Array,
    iv: Uint8Array,
    plaintext: Uint8Array,
    additionalData: Uint8Array,
  ): { readonly ciphertext: Uint8Array; readonly tag: Uint8Array };
  /** The plaintext, or undefined when key, IV, ciphertext, tag or additional data do not belong together. */
  open(
    key: Uint8Array,
    iv: Uint8Array,
    ciphertext: Uint8Array,
    tag: Uint8Array,
    additionalData: Uint8Array,
  ): Uint8Array | undefined;
  /** SHA-512 over the chunks one after the other. */
  sha512(chunks: readonly Uint8Array[]): Uint8Array;
  randomBytes(length: number): Uint8Array;
}

/** How a file says that a KMS key is to be used. */
export interface KmsKeyUse {
  /** A key ARN or an alias ARN; SOPS passes it as KeyId to Encrypt and to Decrypt. */
  readonly arn: string;
  /** The Region within `arn`. */
  readonly region: string;
  /** The ARN of a role to assume first. */
  readonly role: string | undefined;
  readonly encryptionContext: EncryptionContext;
  /** A profile of the shared AWS configuration; empty for the ambient credentials. */
  readonly awsProfile: string;
}

/** KMS Encrypt and Decrypt for data keys. Both reject with a KmsExplorerError. */
export interface SopsKeys {
  encryptDataKey(key: KmsKeyUse, plaintext: Uint8Array): Promise<Uint8Array>;
  decryptDataKey(key: KmsKeyUse, ciphertext: Uint8Array): Promise<Uint8Array>;
}

/** All that the operations on SOPS files need from outside. */
export interface SopsTools {
  readonly crypto: SopsCrypto;
  readonly keys: SopsKeys;
  /** The time that goes into `lastmodified` and `created_at`. */
  now(): Date;
}
