import { KmsExplorerError } from '../../kms/errorCode.ts';
import type { MessageCrypto, MessageCurve, MessageHash } from './messageCrypto.ts';

/** What an algorithm suite does beyond AES-GCM (AWS Encryption SDK developer guide, "Algorithms reference"). */
export interface SuiteParameters {
  /** Of the data key and of the key of the message, in bytes. */
  readonly keyLength: 16 | 24 | 32;
  /** Undefined when the data key itself encrypts the message. */
  readonly kdf: MessageHash | undefined;
  readonly signature: { readonly curve: MessageCurve; readonly hash: MessageHash } | undefined;
}

const p256 = { curve: 'prime256v1', hash: 'sha256' } as const;
const p384 = { curve: 'secp384r1', hash: 'sha384' } as const;

const suites: Readonly<Record<string, SuiteParameters>> = {
  '0014': { keyLength: 16, kdf: undefined, signature: undefined },
  '0046': { keyLength: 24, kdf: undefined, signature: undefined },
  '0078': { keyLength: 32, kdf: undefined, signature: undefined },
  '0114': { keyLength: 16, kdf: 'sha256', signature: undefined },
  '0146': { keyLength: 24, kdf: 'sha256', signature: undefined },
  '0178': { keyLength: 32, kdf: 'sha256', signature: undefined },
  '0214': { keyLength: 16, kdf: 'sha256', signature: p256 },
  '0346': { keyLength: 24, kdf: 'sha384', signature: p384 },
  '0378': { keyLength: 32, kdf: 'sha384', signature: p384 },
  '0478': { keyLength: 32, kdf: 'sha512', signature: undefined },
  '0578': { keyLength: 32, kdf: 'sha512', signature: p384 },
};

/** By the four hexadecimal digits of the suite's id. Throws NOT_CIPHERTEXT for another suite. */
export function suiteParameters(id: string): SuiteParameters {
  const parameters = suites[id];
  if (parameters === undefined) throw new KmsExplorerError('NOT_CIPHERTEXT', `The algorithm suite ${id} of the AWS Encryption SDK is not known.`);
  return parameters;
}

export const commitmentLength = 32;

/**
 * The key of a message with key commitment, and the commitment: HKDF-SHA512 of the data key with the message id as salt
 * (AWS Encryption SDK specification, "Key commitment").
 */
export function committedKey(crypto: MessageCrypto, suiteId: string, dataKey: Uint8Array, messageId: Uint8Array): { readonly key: Uint8Array; readonly commitment: Uint8Array } {
  const info = [...suiteBytes(suiteId), ...new TextEncoder().encode('DERIVEKEY')];
  return {
    key: crypto.deriveKey('sha512', dataKey, messageId, Uint8Array.from(info), 32),
    commitment: crypto.deriveKey('sha512', dataKey, messageId, new TextEncoder().encode('COMMITKEY'), commitmentLength),
  };
}

/** The key of a message in version 1: HKDF without a salt, of suite id and message id; or the data key itself. */
export function formerKey(crypto: MessageCrypto, suiteId: string, dataKey: Uint8Array, messageId: Uint8Array): Uint8Array {
  const { kdf, keyLength } = suiteParameters(suiteId);
  if (kdf === undefined) return dataKey;
  return crypto.deriveKey(kdf, dataKey, new Uint8Array(), Uint8Array.from([...suiteBytes(suiteId), ...messageId]), keyLength);
}

export function suiteBytes(suiteId: string): Uint8Array {
  const number = Number.parseInt(suiteId, 16);
  return Uint8Array.of(number >> 8, number & 0xff);
}
