import { KmsExplorerError } from '../../kms/errorCode.ts';
import { fromBase64 } from '../base64.ts';
import type { EncryptionSdkHeader } from '../tokens/encryptionSdkMessage.ts';
import { finalFrameMark, frameData, ivLength, joined, tagLength, type FrameKind } from './frames.ts';
import type { MessageCrypto } from './messageCrypto.ts';
import { commitmentLength, committedKey, formerKey, suiteParameters } from './messageKey.ts';

/** The name under which a message that is signed carries the public key, as base64 of a compressed point. */
const publicKeyName = 'aws-crypto-public-key';

interface OpenMessage {
  readonly crypto: MessageCrypto;
  readonly bytes: Uint8Array;
  readonly key: Uint8Array;
  readonly messageId: Uint8Array;
}

/**
 * The plaintext of a message of the AWS Encryption SDK in version 1 or 2, with any of its algorithm suites. `header` was
 * read from `bytes`, `dataKey` is one of its data keys. Nothing is returned before the whole message, its key commitment
 * and its signature are verified. Throws INVALID_CIPHERTEXT for a message that was changed or cut off.
 */
export function openMessage(crypto: MessageCrypto, bytes: Uint8Array, header: EncryptionSdkHeader, dataKey: Uint8Array): Uint8Array {
  const { suite, version, bodyAt } = header;
  const { keyLength } = suiteParameters(suite.id);
  if (dataKey.length !== keyLength) throw damaged(`its data key has ${dataKey.length} bytes and not ${keyLength}`);
  const messageId = version === 1 ? bytes.subarray(4, 20) : bytes.subarray(3, 35);
  const key = version === 1 ? formerKey(crypto, suite.id, dataKey, messageId) : requireCommitment(crypto, bytes, header, dataKey, messageId);
  const message = { crypto, bytes, key, messageId };
  requireHeader(message, header);
  const { plaintext, end } = header.frameLength === undefined ? readBlock(message, bodyAt) : readFrames(message, bodyAt, header.frameLength);
  requireSignature(message, header, end);
  return plaintext;
}

function requireCommitment(crypto: MessageCrypto, bytes: Uint8Array, { suite, bodyAt }: EncryptionSdkHeader, dataKey: Uint8Array, messageId: Uint8Array): Uint8Array {
  const { key, commitment } = committedKey(crypto, suite.id, dataKey, messageId);
  const at = bodyAt - tagLength - commitmentLength;
  const difference = commitment.reduce((sum, byte, index) => sum | (byte ^ (bytes[at + index] ?? 0)), 0);
  if (difference !== 0) throw damaged('it is not committed to its data key');
  return key;
}

/** Version 1 has an IV before the tag of the header; version 2 has none, and zeros are meant. */
function requireHeader({ crypto, bytes, key }: OpenMessage, { version, bodyAt }: EncryptionSdkHeader): void {
  const tagAt = bodyAt - tagLength;
  const signedEnd = version === 1 ? tagAt - ivLength : tagAt;
  const iv = version === 1 ? bytes.subarray(signedEnd, tagAt) : new Uint8Array(ivLength);
  if (crypto.open(key, iv, new Uint8Array(), bytes.subarray(tagAt, bodyAt), bytes.subarray(0, signedEnd)) === undefined) {
    throw damaged('its header is not authentic');
  }
}

interface Body {
  readonly plaintext: Uint8Array;
  /** Where the body ends in the message. */
  readonly end: number;
}

/** A body in one piece, which only writers before version 2 of the SDK make: IV, length, ciphertext, tag. */
function readBlock(message: OpenMessage, at: number): Body {
  const lengthAt = at + ivLength;
  requireBytes(message, lengthAt + 8);
  const length = Number(viewOf(message.bytes).getBigUint64(lengthAt));
  return openPart(message, { kind: 'Single Block', number: 1, iv: message.bytes.subarray(at, lengthAt), at: lengthAt + 8, length });
}

function readFrames(message: OpenMessage, bodyAt: number, frameLength: number): Body {
  const parts: Uint8Array[] = [];
  let at = bodyAt;
  for (let number = 1; ; number += 1) {
    requireBytes(message, at + 8);
    const view = viewOf(message.bytes);
    const isFinal = view.getUint32(at) === finalFrameMark;
    const ivAt = isFinal ? at + 8 : at + 4;
    requireBytes(message, ivAt + ivLength + 4);
    if (view.getUint32(ivAt - 4) !== number) throw damaged('its frames are not in their order');
    const iv = message.bytes.subarray(ivAt, ivAt + ivLength);
    const length = isFinal ? view.getUint32(ivAt + ivLength) : frameLength;
    if (length > frameLength) throw damaged('its last frame is too long');
    const part = openPart(message, { kind: isFinal ? 'Final Frame' : 'Frame', number, iv, at: ivAt + ivLength + (isFinal ? 4 : 0), length });
    parts.push(part.plaintext);
    at = part.end;
    if (isFinal) return { plaintext: joined(parts), end: at };
  }
}

interface Part {
  readonly kind: FrameKind;
  readonly number: number;
  readonly iv: Uint8Array;
  readonly at: number;
  readonly length: number;
}

function openPart(message: OpenMessage, { kind, number, iv, at, length }: Part): Body {
  const { crypto, bytes, key, messageId } = message;
  const end = at + length + tagLength;
  requireBytes(message, end);
  const ciphertext = bytes.subarray(at, at + length);
  const plaintext = crypto.open(key, iv, ciphertext, bytes.subarray(at + length, end), frameData(messageId, kind, number, length));
  if (plaintext === undefined) throw damaged(`part ${number} of its text is not authentic`);
  return { plaintext, end };
}

/** A suite that signs ends with the signature of all before it; any other ends with its body. */
function requireSignature({ crypto, bytes }: OpenMessage, { suite, encryptionContext }: EncryptionSdkHeader, end: number): void {
  const { signature } = suiteParameters(suite.id);
  const footer = bytes.subarray(end);
  if (signature === undefined) {
    if (footer.length > 0) throw damaged('there are bytes after its end');
    return;
  }
  const publicKey = fromBase64(encryptionContext[publicKeyName] ?? '');
  const isWhole = footer.length > 2 && viewOf(footer).getUint16(0) === footer.length - 2;
  if (!isWhole || publicKey === undefined || !crypto.verify(signature.curve, signature.hash, publicKey, bytes.subarray(0, end), footer.subarray(2))) {
    throw damaged('its signature does not fit');
  }
}

function requireBytes({ bytes }: OpenMessage, end: number): void {
  if (end > bytes.length) throw damaged('it is cut off');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(reason: string): KmsExplorerError {
  return new KmsExplorerError('INVALID_CIPHERTEXT', `The message of the AWS Encryption SDK was changed or cut off: ${reason}. Restore it.`);
}
