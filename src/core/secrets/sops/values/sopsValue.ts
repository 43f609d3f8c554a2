import type { SopsFormat } from '../sopsFormat.ts';

/** The types of a value token (getsops/sops, aes/cipher.go), and null, which SOPS never encrypts. */
export type SopsType = 'str' | 'int' | 'float' | 'bool' | 'time' | 'bytes' | 'null';

/**
 * A value of a file as SOPS sees it. `text` is what is encrypted and hashed, in UTF-8: an int in decimal digits,
 * a float without exponent, a bool as `True` or `False`, a time as RFC 3339, null as nothing.
 */
export interface SopsValue {
  readonly type: SopsType;
  readonly text: string;
}

export const nullValue: SopsValue = { type: 'null', text: '' };

export function stringValue(text: string): SopsValue {
  return { type: 'str', text };
}

export function boolValue(value: boolean): SopsValue {
  return { type: 'bool', text: value ? 'True' : 'False' };
}

/**
 * Whether two values are the same to the readers of a format. JSON has one kind of number: SOPS before 3.13.2 writes every
 * one of them as a float, later releases write integers as int, and 5432 is 5432 under either type.
 */
export function sameValue(a: SopsValue, b: SopsValue, format: SopsFormat): boolean {
  return a.text === b.text && kindOf(a.type, format) === kindOf(b.type, format);
}

/** What of a type a format tells apart. */
export function kindOf(type: SopsType, format: SopsFormat): string {
  return format === 'json' && (type === 'int' || type === 'float') ? 'number' : type;
}

/** Null and the empty string are never encrypted and add nothing to the MAC. */
export function isEmptyValue(value: SopsValue): boolean {
  return value.text === '';
}
