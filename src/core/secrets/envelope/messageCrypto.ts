/** The hashes of the AWS Encryption SDK's algorithm suites. */
export type MessageHash = 'sha256' | 'sha384' | 'sha512';

/** The elliptic curves of the suites that sign, by the names that OpenSSL gives them. */
export type MessageCurve = 'prime256v1' | 'secp384r1';

/** The primitives of messages that core does not have itself. The implementation on Node is features/shared/secrets/envelope. */
export interface MessageCrypto {
  /** HKDF (RFC 5869); an empty salt counts as zeros. */
  deriveKey(hash: MessageHash, key: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array;
  /** AES-GCM with a key of 16, 24 or 32 bytes and a tag of 16. */
  seal(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array, additionalData: Uint8Array): { readonly ciphertext: Uint8Array; readonly tag: Uint8Array };
  /** The plaintext, or undefined when key, IV, ciphertext, tag or additional data do not belong together. */
  open(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array, tag: Uint8Array, additionalData: Uint8Array): Uint8Array | undefined;
  /** Whether an ECDSA signature in DER fits; `publicKey` is a compressed point (SEC 1). False for a key that is none. */
  verify(curve: MessageCurve, hash: MessageHash, publicKey: Uint8Array, signed: Uint8Array, signature: Uint8Array): boolean;
  randomBytes(length: number): Uint8Array;
}
