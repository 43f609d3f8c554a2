import { KmsExplorerError } from '../../kms/errorCode.ts';
import type { TextRange } from '../codec.ts';

/** The quote around a value, or nothing. */
export type IniQuote = '' | '"' | "'";

/** One value as it stands in its line. */
export interface IniValue {
  readonly range: TextRange;
  readonly quote: IniQuote;
  readonly value: string;
  readonly refusal: string | undefined;
  /** What makes the value go on in the next line for some readers. */
  readonly opens: 'quotes' | 'backslash' | undefined;
}

const touchesComment =
  'A ; or # stands here without a space before it: some readers take it for a comment, others for a part of the value. Put the value in quotes first.';

/** Reads a value from the rest of its line, which starts at `offset` of the text: at the value, or at the space before a comment. */
export function scanIniValue(rest: string, offset: number): IniValue {
  const quote = rest[0];
  return quote === '"' || quote === "'" ? scanQuoted(rest, offset, quote) : scanBare(rest, offset);
}

function scanQuoted(rest: string, offset: number, quote: '"' | "'"): IniValue {
  const close = rest.indexOf(quote, 1);
  const isTriple = rest.startsWith('"""');
  if (!isTriple && close !== -1 && rest[close - 1] !== '\\' && /^\s*(?:[;#]|$)/.test(rest.slice(close + 1))) {
    const range = { offset, length: close + 1 };
    return { range, quote, value: rest.slice(1, close), refusal: undefined, opens: undefined };
  }
  return {
    ...scanBare(rest, offset),
    refusal: 'Readers disagree about quotes that are not closed, have text after them or hold a backslash before a quote. Correct them first.',
    opens: isTriple && !rest.includes('"""', 3) ? 'quotes' : undefined,
  };
}

function scanBare(rest: string, offset: number): IniValue {
  const comment = /^[;#]|\s[;#]/.exec(rest)?.index ?? rest.length;
  const value = rest.slice(0, comment).trimEnd();
  return {
    range: { offset, length: value.length },
    quote: '',
    value,
    refusal: comment === 0 && rest !== '' && !/^\s/.test(rest) ? touchesComment : refusalOf(value),
    opens: value.endsWith('\\') ? 'backslash' : undefined,
  };
}

function refusalOf(value: string): string | undefined {
  if (/[;#]/.test(value)) return touchesComment;
  return value.endsWith('\\')
    ? 'A backslash ends the value: some readers take the next line for a part of it. Put the value on one line first.'
    : undefined;
}

/**
 * Writes a value in the style that stands there, or in the first other one from which every reader gets it back.
 * Throws EDIT_REFUSED when none can hold it: a line break, both kinds of quotes, a backslash at the end.
 */
export function encodeIniValue(value: string, standing: IniQuote): string {
  for (const quote of [standing, '"', "'", ''] as const) {
    const token = quote + value + quote;
    const read = scanIniValue(token, 0);
    if (/[\r\n]/.test(value) || (quote === '' && value !== value.trim())) continue;
    const isKept = read.refusal === undefined && read.quote === quote && read.value === value && read.range.length === token.length;
    if (isKept) return token;
  }
  throw new KmsExplorerError(
    'EDIT_REFUSED',
    'An INI file cannot hold this value: it has a line break, a backslash at its end, or a mixture of quotes that readers take differently.',
  );
}
