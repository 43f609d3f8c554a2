import { KmsExplorerError } from '../../kms/errorCode.ts';
import type { EncryptionContext } from '../../kms/keyMetadata.ts';
import { finalFrameMark, frameData, frameIv, ivLength, joined, uint16, uint32 } from './frames.ts';
import type { MessageCrypto } from './messageCrypto.ts';
import { committedKey, suiteBytes } from './messageKey.ts';

/** A data key of 32 bytes, in the open and as KMS encrypted it with the encryption context of the message. */
export interface MessageDataKey {
  readonly plaintext: Uint8Array;
  readonly keyArn: string;
  readonly ciphertext: Uint8Array;
}

/**
 * AES-256-GCM with HKDF-SHA512 and key commitment, without a signature: who may decrypt here may encrypt as well, so a
 * signature would tell nothing. Every AWS Encryption SDK since version 2.0 reads it under its default commitment policy.
 */
const suiteId = '0478';
const messageIdLength = 32;
const frameLength = 4096;

/** Names that begin so are the SDK's own, and it refuses them in the context of a caller. */
const reservedPrefix = 'aws-crypto-';

/**
 * Encrypts bytes of any length as a message of the AWS Encryption SDK in version 2 ("Message format reference" of its
 * developer guide). Throws INVALID_REQUEST for an encryption context that the format cannot hold.
 */
export function sealMessage(crypto: MessageCrypto, plaintext: Uint8Array, encryptionContext: EncryptionContext, dataKey: MessageDataKey): Uint8Array {
  const messageId = crypto.randomBytes(messageIdLength);
  const { key, commitment } = committedKey(crypto, suiteId, dataKey.plaintext, messageId);
  const header = joined([
    Uint8Array.of(2),
    suiteBytes(suiteId),
    messageId,
    ...sized(contextField(encryptionContext)),
    uint16(1),
    ...sized(utf8('aws-kms')),
    ...sized(utf8(dataKey.keyArn)),
    ...sized(dataKey.ciphertext),
    Uint8Array.of(2),
    uint32(frameLength),
    commitment,
  ]);
  const { tag } = crypto.seal(key, new Uint8Array(ivLength), new Uint8Array(), header);
  return joined([header, tag, ...frames(crypto, key, messageId, plaintext)]);
}

function frames(crypto: MessageCrypto, key: Uint8Array, messageId: Uint8Array, plaintext: Uint8Array): readonly Uint8Array[] {
  const count = Math.max(1, Math.ceil(plaintext.length / frameLength));
  return Array.from({ length: count }, (_, index) => {
    const part = plaintext.subarray(index * frameLength, (index + 1) * frameLength);
    const [number, isFinal] = [index + 1, index === count - 1];
    const iv = frameIv(number);
    const { ciphertext, tag } = crypto.seal(key, iv, part, frameData(messageId, isFinal ? 'Final Frame' : 'Frame', number, part.length));
    return joined(isFinal ? [uint32(finalFrameMark), uint32(number), iv, uint32(part.length), ciphertext, tag] : [uint32(number), iv, ciphertext, tag]);
  });
}

/** Refuses what `sealMessage` could not write, before a key is asked for. Throws INVALID_REQUEST. */
export function requireMessageContext(encryptionContext: EncryptionContext): void {
  const reserved = Object.keys(encryptionContext).find((name) => name.startsWith(reservedPrefix));
  if (reserved !== undefined) {
    throw new KmsExplorerError('INVALID_REQUEST', `The AWS Encryption SDK keeps names that begin with ${reservedPrefix} for itself: ${reserved} cannot be in an encryption context.`);
  }
  sized(contextField(encryptionContext));
}

/** The context without what the SDK itself put into it, to encrypt another text with. */
export function contextOfCaller(encryptionContext: EncryptionContext): EncryptionContext {
  return Object.fromEntries(Object.entries(encryptionContext).filter(([name]) => !name.startsWith(reservedPrefix)));
}

/** The pairs in the order of the bytes of their names; nothing at all for the empty context. */
function contextField(encryptionContext: EncryptionContext): Uint8Array {
  const pairs = Object.entries(encryptionContext).map(([name, value]) => [utf8(name), utf8(value)] as const);
  if (pairs.length === 0) return new Uint8Array();
  const sorted = pairs.sort(([one], [other]) => compareBytes(one, other));
  return joined([uint16(pairs.length), ...sorted.flatMap(([name, value]) => [...sized(name), ...sized(value)])]);
}

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const at = one.findIndex((byte, index) => byte !== other[index]);
  return at === -1 ? one.length - other.length : (one[at] ?? 0) - (other[at] ?? -1);
}

function sized(field: Uint8Array): readonly Uint8Array[] {
  if (field.length > 0xffff) throw new KmsExplorerError('INVALID_REQUEST', 'The encryption context is too long for a message of the AWS Encryption SDK. Use a shorter one.');
  return [uint16(field.length), field];
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
