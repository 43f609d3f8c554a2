import type { Codec, TextRange, ValueEntry } from '../codec.ts';
import { lineBreakOf } from '../textPosition.ts';
import { encodeDotenvValue, readDotenvQuoted, type DotenvStyle } from './dotenvValue.ts';

/** Indentation, an optional `export`, the name, and `=` or `: ` with the spaces after it. A byte order mark is a space. */
const nameAt = /[^\S\r\n]*(?:export[^\S\r\n]+)?([\w.-]+)(?:[^\S\r\n]*=|:(?=[^\S\r\n]))[^\S\r\n]*/dy;
const restOfLine = /[^\r\n]*(?:\r\n|\r|\n|$)/y;
const nothingButComment = /[^\S\r\n]*(?:#|\r|\n|$)/y;

interface ScannedValue {
  readonly range: TextRange;
  readonly style: DotenvStyle;
  readonly refusal: string | undefined;
}

/**
 * The quoted dialect of `.env` that the Node package dotenv and its relatives read: `#` starts a comment, quotes may
 * be single, double or backticks and may span lines, and only double quotes know `\n` and `\r`. Lines that are no
 * assignment are passed over, as its readers do.
 */
export const dotenvCodec: Codec = {
  parse(text) {
    const entries: ValueEntry[] = [];
    const lineBreak = lineBreakOf(text);
    for (let offset = 0; offset < text.length; offset = endOfLine(text, offset)) {
      nameAt.lastIndex = offset;
      const name = nameAt.exec(text);
      if (name === null) continue;
      const scanned = scanValue(text, nameAt.lastIndex);
      entries.push(toEntry(text, name, scanned, lineBreak));
      offset = scanned.range.offset + scanned.range.length;
    }
    return entries;
  },
};

function endOfLine(text: string, offset: number): number {
  restOfLine.lastIndex = offset;
  restOfLine.test(text);
  return restOfLine.lastIndex;
}

function toEntry(text: string, name: RegExpExecArray, scanned: ScannedValue, lineBreak: string): ValueEntry {
  const [start, end] = name.indices?.[1] ?? [0, 0];
  const { range, style, refusal } = scanned;
  const token = text.slice(range.offset, range.offset + range.length);
  return {
    keyPath: [name[1] ?? ''],
    keyRange: { offset: start, length: end - start },
    valueRange: range,
    value: style === '' || refusal !== undefined ? token : readDotenvQuoted(token),
    refusal,
    encode: (newValue) => encodeDotenvValue(newValue, style, lineBreak),
  };
}

function scanValue(text: string, offset: number): ScannedValue {
  const first = text[offset];
  if (first !== "'" && first !== '"' && first !== '`') return scanBare(text, offset);
  const close = closingQuote(text, offset, first);
  if (close !== undefined) return { range: { offset, length: close + 1 - offset }, style: first, refusal: undefined };
  return {
    ...scanBare(text, offset),
    refusal: 'The value opens with a quote that is not closed, or text follows the closing quote. Correct the quotes first.',
  };
}

/**
 * The quote that ends a value: the first one without a backslash before it, if nothing but a comment follows. Failing
 * that, the last one before it that has a backslash, since a path may end in one.
 */
function closingQuote(text: string, open: number, quote: string): number | undefined {
  let escaped: number | undefined;
  for (let at = text.indexOf(quote, open + 1); at !== -1; at = text.indexOf(quote, at + 1)) {
    nothingButComment.lastIndex = at + 1;
    const closes = nothingButComment.test(text);
    if (text[at - 1] !== '\\' || at - 1 === open) return closes ? at : escaped;
    if (closes) escaped = at;
  }
  return escaped;
}

function scanBare(text: string, offset: number): ScannedValue {
  const rest = /^[^#\r\n]*/.exec(text.slice(offset, offset + lengthOfLine(text, offset)))?.[0] ?? '';
  const value = rest.trimEnd();
  const touchesComment = text[offset + rest.length] === '#' && value !== '' && value === rest;
  return {
    range: { offset, length: value.length },
    style: '',
    refusal: touchesComment
      ? 'A # follows the value without a space: some readers take it for a comment, others for a part of the value. Put the value in quotes first.'
      : undefined,
  };
}

function lengthOfLine(text: string, offset: number): number {
  const end = /[\r\n]/g;
  end.lastIndex = offset;
  return (end.exec(text)?.index ?? text.length) - offset;
}
