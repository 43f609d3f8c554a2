import type { SopsCrypto } from '../sopsPorts.ts';
import { fitsInt64, formatGoFloat, parseGoFloat } from './goNumber.ts';
import { readYamlTimestamp } from './goTime.ts';
import { boolValue, type SopsValue } from './sopsValue.ts';
import { formatValueToken, type ValueToken } from './valueToken.ts';

/** The length of the IVs that SOPS writes (getsops/sops, aes/cipher.go, nonceSize). */
export const ivLength = 32;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A data key with the primitives that use it. */
export interface DataKeyUse {
  readonly crypto: SopsCrypto;
  readonly dataKey: Uint8Array;
}

/** What binds a value to its place: the keys of the maps around it. A place in a list counts for nothing. */
export function additionalDataOf(path: readonly string[]): string {
  return `${path.join(':')}:`;
}

/** The token of a text under a data key; a fresh IV unless one is given. */
export function sealBytes(
  { crypto, dataKey }: DataKeyUse,
  plaintext: Uint8Array,
  type: string,
  additionalData: string,
  iv: Uint8Array = crypto.randomBytes(ivLength),
): string {
  const { ciphertext, tag } = crypto.seal(dataKey, iv, plaintext, utf8(additionalData));
  return formatValueToken({ data: ciphertext, iv, tag, type });
}

export function sealText(use: DataKeyUse, text: string, type: string, additionalData: string, iv?: Uint8Array): string {
  return sealBytes(use, utf8(text), type, additionalData, iv);
}

/** The plaintext bytes of a token, or undefined when it does not belong to this data key and place. */
export function openBytes({ crypto, dataKey }: DataKeyUse, token: ValueToken, additionalData: string): Uint8Array | undefined {
  return crypto.open(dataKey, token.iv, token.data, token.tag, utf8(additionalData));
}

/** Why an authentic token gives no value. */
export type UnreadableToken = 'not UTF-8' | 'not of its type';

/** The value of decrypted bytes, normalised as SOPS does before it hashes it. */
export function valueOfBytes(bytes: Uint8Array, type: string): SopsValue | UnreadableToken {
  const text = textOfBytes(bytes);
  if (text === undefined) return 'not UTF-8';
  switch (type) {
    case 'str':
    case 'bytes':
      return { type, text };
    case 'int':
      return intValue(text) ?? 'not of its type';
    case 'float': {
      const value = parseGoFloat(text);
      return value === undefined ? 'not of its type' : { type, text: formatGoFloat(value) };
    }
    case 'bool':
      if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return boolValue(true);
      return /^(?:0|f|F|FALSE|false|False)$/.test(text) ? boolValue(false) : 'not of its type';
    case 'time': {
      const time = readYamlTimestamp(text);
      return time === undefined ? 'not of its type' : { type, text: time };
    }
    default:
      return 'not of its type';
  }
}

function intValue(text: string): SopsValue | undefined {
  if (!/^[-+]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return fitsInt64(value) ? { type: 'int', text: String(value) } : undefined;
}

/** The text of bytes that are UTF-8; undefined when they are not. */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}
