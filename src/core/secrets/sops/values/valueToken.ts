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
const strictShape = /^ENC\[AES256_GCM,data:[A-Za-z0-9+/]+={0,2},iv:[A-Za-z0-9+/]+={0,2},tag:[A-Za-z0-9+/]+={0,2},type:[a-z]+\]/;

const dataStart = 'ENC[AES256_GCM,data:'.length;
const [ivMark, tagMark, typeMark] = [',iv:', ',tag:', ',type:'] as const;

/** Where the parts of a token of the strict shape end, each before the mark of the next. */
interface PartEnds {
  readonly data: number;
  readonly iv: number;
  readonly tag: number;
}

/** A token whose parts are taken out and decoded when they are asked for: most tokens of a file are looked at and not opened. */
class StrictToken implements ValueToken {
  readonly #text: string;
  readonly #ends: PartEnds;

  constructor(text: string, ends: PartEnds) {
    this.#text = text;
    this.#ends = ends;
  }

  get data(): Uint8Array {
    return decoded(this.#text.slice(dataStart, this.#ends.data));
  }

  get iv(): Uint8Array {
    return decoded(this.#text.slice(this.#ends.data + ivMark.length, this.#ends.iv));
  }

  get tag(): Uint8Array {
    return decoded(this.#text.slice(this.#ends.iv + tagMark.length, this.#ends.tag));
  }

  get type(): string {
    const start = this.#ends.tag + typeMark.length;
    return this.#text.slice(start, this.#text.indexOf(']', start));
  }
}

/** The token that a text begins with when it is as SOPS writes it, with whole base64 in all parts. */
function strictToken(text: string): StrictToken | undefined {
  if (!strictShape.test(text)) return undefined;
  const data = text.indexOf(ivMark, dataStart);
  const iv = text.indexOf(tagMark, data);
  const tag = text.indexOf(typeMark, iv);
  const isWhole = (data - dataStart) % 4 === 0 && (iv - data - ivMark.length) % 4 === 0 && (tag - iv - tagMark.length) % 4 === 0;
  return isWhole ? new StrictToken(text, { data, iv, tag }) : undefined;
}

function decoded(base64: string): Uint8Array {
  return fromBase64(base64) ?? new Uint8Array();
}

/** The token that a text begins with, as SOPS itself looks for it; undefined when there is none. */
export function parseValueToken(text: string): ValueToken | undefined {
  const strict = strictToken(text);
  if (strict !== undefined) return strict;
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
