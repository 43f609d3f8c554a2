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

/** What SOPS writes: base64 of bytes and nothing else, so that it need not be decoded to know that it can be. */
const strictShape = /^ENC\[AES256_GCM,data:([A-Za-z0-9+/]+={0,2}),iv:([A-Za-z0-9+/]+={0,2}),tag:([A-Za-z0-9+/]+={0,2}),type:([a-z]+)\]/;

/** A token whose bytes are decoded when they are asked for: most tokens of a file are looked at and not opened. */
class StrictToken implements ValueToken {
  readonly type: string;
  readonly #data: string;
  readonly #iv: string;
  readonly #tag: string;

  constructor([, data = '', iv = '', tag = '', type = '']: readonly string[]) {
    this.type = type;
    this.#data = data;
    this.#iv = iv;
    this.#tag = tag;
  }

  get data(): Uint8Array {
    return decoded(this.#data);
  }

  get iv(): Uint8Array {
    return decoded(this.#iv);
  }

  get tag(): Uint8Array {
    return decoded(this.#tag);
  }
}

function isWhole(base64 = ''): boolean {
  return base64.length % 4 === 0;
}

function decoded(base64: string): Uint8Array {
  return fromBase64(base64) ?? new Uint8Array();
}

/** The token that a text begins with, as SOPS itself looks for it; undefined when there is none. */
export function parseValueToken(text: string): ValueToken | undefined {
  const strict = strictShape.exec(text);
  if (strict !== null && isWhole(strict[1]) && isWhole(strict[2]) && isWhole(strict[3])) return new StrictToken(strict);
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
