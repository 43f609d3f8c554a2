import { parseKmsArn } from '../kms/arn.ts';
import type { EncryptionContext } from '../kms/keyMetadata.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { isSymmetricCiphertext } from './ciphertextBlob.ts';
import type { TextRange } from './codec.ts';
import { readEncryptionSdkHeader, type EncryptionSdkHeader } from './tokens/encryptionSdkMessage.ts';
import { wrappersWith, type CustomMarker } from './tokens/wrappers.ts';

/** A KMS ciphertext, or a message of the AWS Encryption SDK with a data key of KMS, found in a text. */
export interface CiphertextToken {
  /** Of the message as a whole where it is one. */
  readonly ciphertext: Uint8Array;
  /** The header of the message; undefined for what KMS decrypts itself. */
  readonly message: EncryptionSdkHeader | undefined;
  /** The name of the row of the wrapper table. */
  readonly wrapper: string;
  /** The token with its wrapper but without the white space around it, within the text that was given. */
  readonly range: TextRange;
  /** What the token itself says about how to decrypt it; most say nothing, and a message all. */
  readonly encryptionContext: EncryptionContext | undefined;
  readonly region: string | undefined;
  /** The token with another ciphertext in the same wrapper. */
  wrap(ciphertext: Uint8Array): string;
}

/**
 * Recognises a text that is one KMS ciphertext of a symmetric key, or one message of the AWS Encryption SDK with a data
 * key of KMS, in base64: bare, or as a tool of the wrapper table or one of the markers given marks it. White space around and line breaks within the base64 do not matter. Undefined when
 * the text is anything else.
 */
export function recogniseCiphertext(text: string, markers: readonly CustomMarker[] = []): CiphertextToken | undefined {
  const token = text.trim();
  const range = { offset: text.indexOf(token), length: token.length };
  for (const { name, read } of wrappersWith(markers)) {
    const wrapped = read(token);
    const ciphertext = wrapped && fromBase64(wrapped.body);
    if (wrapped === undefined || ciphertext === undefined) continue;
    const message = isSymmetricCiphertext(ciphertext) ? undefined : messageOfKms(ciphertext);
    if (message === undefined && !isSymmetricCiphertext(ciphertext)) continue;
    const { body, region } = wrapped;
    const encryptionContext = message?.encryptionContext ?? wrapped.encryptionContext;
    const at = token.lastIndexOf(body);
    const [before, after] = [token.slice(0, at), token.slice(at + body.length)];
    const wrap = (other: Uint8Array) => before + toBase64(other) + after;
    return { ciphertext, message, wrapper: name, range, encryptionContext, region, wrap };
  }
  return undefined;
}

function messageOfKms(bytes: Uint8Array): EncryptionSdkHeader | undefined {
  const header = readEncryptionSdkHeader(bytes);
  const hasKmsKey = header?.encryptedDataKeys.some(({ providerId, providerInfo }) => providerId === 'aws-kms' && parseKmsArn(providerInfo) !== undefined);
  return hasKmsKey === true ? header : undefined;
}

/** Whether a text may hold a token at all; costs one pass, so that most files are never parsed. Messages begin with their version and suite. */
export function mayHoldCiphertext(text: string): boolean {
  return /AQ[EI][CD]AH|Ci[A-D][A-Za-z0-9+/]{40}|(?:Ag[VR]4|AYA[A-D](?:[eF][A-P]|R[g-v]))[A-Za-z0-9+/]{40}/.test(text);
}
