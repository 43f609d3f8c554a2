import type { TextRange, ValueEntry } from '../../codec.ts';
import { readHeredoc, writeHeredoc } from './hclHeredoc.ts';
import { readHclString, writeHclString } from './hclString.ts';
import type { HclToken } from './hclTokens.ts';

export type KeyPath = readonly (string | number)[];

/** The name of an attribute, or the label of a block, with or without quotes. */
export function nameOf({ kind, text, isTemplate }: HclToken): string {
  return kind === 'string' && !isTemplate ? (readHclString(text) ?? text) : text;
}

/** The entry of a text, a number or a boolean. */
export function literalEntry(token: HclToken, keyPath: KeyPath, keyRange: TextRange | undefined): ValueEntry {
  const value = token.isTemplate ? undefined : readLiteral(token);
  const isHeredoc = token.kind === 'heredoc';
  return {
    keyPath,
    keyRange,
    valueRange: { offset: token.start, length: token.end - token.start },
    value: value ?? token.text,
    refusal: token.isTemplate ? holdsTemplate : value === undefined ? holdsUnknownEscape : undefined,
    encode: (newValue) => (isHeredoc ? writeHeredoc(newValue, token.text) : undefined) ?? writeHclString(newValue),
  };
}

const holdsTemplate =
  'The text holds an interpolation, so its value is not known here. Move the secret into a variable or a value of its own first.';
const holdsUnknownEscape = 'The text holds an escape that HCL does not know. Correct the escape first.';

function readLiteral({ kind, text }: HclToken): string | undefined {
  if (kind === 'string') return readHclString(text);
  return kind === 'heredoc' ? readHeredoc(text) : text;
}

/** The entry of anything that must be computed; it says why it stays. */
export function expressionEntry(
  text: string,
  valueRange: TextRange,
  keyPath: KeyPath,
  keyRange: TextRange | undefined,
): ValueEntry {
  const value = text.slice(valueRange.offset, valueRange.offset + valueRange.length);
  return {
    keyPath,
    keyRange,
    valueRange,
    value,
    refusal: 'The value is an expression and no text. To encrypt a text within it, select that text.',
    encode: () => value,
  };
}
