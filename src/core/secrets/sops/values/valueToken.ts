import { fromBase64, toBase64 } from '../../base64.ts';

/** What `ENC[AES256_GCM,data:...,iv:...,tag:...,type:...]` holds. */
export interface ValueToken {
  readonly data: Uint8Array;
  /** 32 bytes when SOPS writes it; a reader takes whatever length there is. */
  readonly iv: Uint8Array;
  readonly tag: Uint8Array;
  /** `str`, `int`, `float`, `bool`, `time`, `bytes` or `comment`. */
  readonly type: string;
}

const shape = /^ENC\[AES256_GCM,data:([^\n]+),iv:([^\n]+),tag:([^\n]+),type:([^\n]+)\]/;

/** The token that a text begins with, as SOPS itself looks for it; undefined when there is none. */
export function parseValueToken(text: string): ValueToken | undefined {
  const [, data, iv, tag, type] = shape.exec(text) ?? [];
  const [dataBytes, ivBytes, tagBytes] = [data, iv, tag].map((part) => fromBase64(part ?? ''));
  if (type === undefined || dataBytes === undefined || ivBytes === undefined || tagBytes === undefined) return undefined;
  return { data: dataBytes, iv: ivBytes, tag: tagBytes, type };
}

export function formatValueToken({ data, iv, tag, type }: ValueToken): string {
  return `ENC[AES256_GCM,data:${toBase64(data)},iv:${toBase64(iv)},tag:${toBase64(tag)},type:${type}]`;
}

/** Whether a text may hold a token at all; costs one pass. */
export function mayHoldValueToken(text: string): boolean {
  return text.includes('ENC[AES256_GCM,data:');
}
