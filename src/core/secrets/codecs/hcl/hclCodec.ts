import type { Codec, TextRange, ValueEntry } from '../../codec.ts';
import { parseError } from '../../textPosition.ts';
import { expressionEntry, literalEntry, nameOf, type KeyPath } from './hclEntry.ts';
import { hclTokens, type HclToken } from './hclTokens.ts';

/** A place in the tokens of one text. */
interface Cursor {
  readonly text: string;
  readonly tokens: readonly HclToken[];
  /** For every opening bracket the index of its closing one. */
  readonly closers: ReadonlyMap<number, number>;
  readonly entries: ValueEntry[];
}

/** Tokens from the first index up to, but without, the second. */
type Span = readonly [from: number, to: number];

const brackets: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/**
 * HCL's native syntax, as Terraform, OpenTofu, Packer, Terragrunt, Nomad and Vault read it: attributes, nested blocks
 * whose labels are part of the path, objects and lists, also as arguments of functions. A number and a boolean are read
 * as they are written and are replaced by a string. What holds an interpolation, and any other expression, is refused.
 */
export const hclCodec: Codec = {
  parse(text) {
    const tokens = hclTokens(text);
    const cursor: Cursor = { text, tokens, closers: closersOf(text, tokens), entries: [] };
    collectBody(cursor, 0, tokens.length - 1, []);
    return cursor.entries;
  },
};

function closersOf(text: string, tokens: readonly HclToken[]): ReadonlyMap<number, number> {
  const closers = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ kind, start, text: mark }, index) => {
    if (kind !== 'mark') return;
    if (mark in brackets) open.push(index);
    if (!/^[}\])]$/.test(mark)) return;
    const opener = open.pop();
    if (opener === undefined || brackets[tokens[opener]?.text ?? ''] !== mark) {
      throw parseError(text, start, 'the bracket closes none that is open');
    }
    closers.set(opener, index);
  });
  const unclosed = tokens[open.at(-1) ?? -1];
  if (unclosed !== undefined) throw parseError(text, unclosed.start, 'the bracket is not closed');
  return closers;
}

/** Attributes and blocks from the token `from` up to, but without, the token `to`. */
function collectBody(cursor: Cursor, from: number, to: number, path: KeyPath): void {
  for (let at = from; at < to; at += 1) {
    if (isNewline(cursor.tokens[at])) continue;
    let next = at;
    while (next < to && isName(cursor.tokens[next])) next += 1;
    const names = cursor.tokens.slice(at, next);
    const mark = cursor.tokens[next];
    const [first] = names;
    if (first !== undefined && names.length === 1 && mark?.text === '=') {
      at = endOfItem(cursor, next + 1, to, isNewline);
      collectExpression(cursor, [next + 1, at], [...path, nameOf(first)], rangeOf(first));
    } else if (names.length > 0 && mark?.text === '{') {
      at = cursor.closers.get(next) ?? to;
      collectBody(cursor, next + 1, at, [...path, ...names.map(nameOf)]);
    } else {
      throw parseError(cursor.text, mark?.start ?? cursor.text.length, 'an attribute or a block is expected');
    }
  }
}

/** The items of an object, which commas or line breaks separate. */
function collectObject(cursor: Cursor, from: number, to: number, path: KeyPath): void {
  for (let at = from; at < to; at += 1) {
    const end = endOfItem(cursor, at, to, (token) => isNewline(token) || token?.text === ',');
    const assign = endOfItem(cursor, at, end, (token) => token?.text === '=' || token?.text === ':');
    const key = tokenSpan(cursor, at, assign);
    const first = cursor.tokens[at];
    if (assign < end && key !== undefined && first !== undefined) {
      const isPlain = assign === at + 1 && first.kind !== 'mark';
      const name = isPlain ? nameOf(first) : cursor.text.slice(key.offset, key.offset + key.length);
      collectExpression(cursor, [assign + 1, end], [...path, name], key);
    }
    at = end;
  }
}

/** The items of a list or the arguments of a function, which commas separate; line breaks around them do not matter. */
function itemsOf(cursor: Cursor, from: number, to: number): readonly Span[] {
  const items: Span[] = [];
  for (let at = from; at < to; at += 1) {
    const end = endOfItem(cursor, at, to, (token) => token?.text === ',');
    const span = withoutNewlines(cursor, [at, end]);
    if (span[0] < span[1]) items.push(span);
    at = end;
  }
  return items;
}

function collectExpression(cursor: Cursor, span: Span, path: KeyPath, keyRange: TextRange | undefined): void {
  const [from, to] = withoutNewlines(cursor, span);
  const first = cursor.tokens[from];
  if (from >= to || first === undefined) {
    throw parseError(cursor.text, cursor.tokens[span[0]]?.start ?? cursor.text.length, 'a value is missing');
  }
  const isWhole = cursor.closers.get(from) === to - 1;
  const literal = literalOf(cursor.tokens.slice(from, Math.min(to, from + 3)));
  if (to === from + 1 && first.text === 'null') return;
  if (literal !== undefined) cursor.entries.push(literalEntry(literal, path, keyRange));
  else if (isWhole && first.text === '{' && !isFor(cursor, from + 1)) collectObject(cursor, from + 1, to - 1, path);
  else if (isWhole && first.text === '[' && !isFor(cursor, from + 1)) {
    itemsOf(cursor, from + 1, to - 1).forEach((item, index) => {
      collectExpression(cursor, item, [...path, index], undefined);
    });
  } else if (!collectArguments(cursor, [from, to], path)) {
    const range = tokenSpan(cursor, from, to) ?? rangeOf(first);
    cursor.entries.push(expressionEntry(cursor.text, range, path, keyRange));
  }
}

/** The objects and lists among the arguments of one function call, as in `jsonencode({ password = "x" })`; whether there are any. */
function collectArguments(cursor: Cursor, [from, to]: Span, path: KeyPath): boolean {
  let at = from;
  while (at < to && (cursor.tokens[at]?.kind === 'name' || cursor.tokens[at]?.text === '::')) at += 1;
  if (at === from || cursor.tokens[at]?.text !== '(' || cursor.closers.get(at) !== to - 1) return false;
  const count = cursor.entries.length;
  for (const item of itemsOf(cursor, at + 1, to - 1)) {
    const [start, end] = item;
    const isCollection = /^[{[]$/.test(cursor.tokens[start]?.text ?? '') && cursor.closers.get(start) === end - 1;
    if (isCollection && !isFor(cursor, start + 1)) collectExpression(cursor, item, path, undefined);
    else collectArguments(cursor, item, path);
  }
  return cursor.entries.length > count;
}

/** The first token from `from` on, brackets and what is in them passed over, that ends an item; at most `to`. */
function endOfItem(cursor: Cursor, from: number, to: number, ends: (token: HclToken | undefined) => boolean): number {
  let at = from;
  while (at < to && !ends(cursor.tokens[at])) at = (cursor.closers.get(at) ?? at) + 1;
  return at;
}

function withoutNewlines(cursor: Cursor, [from, to]: Span): Span {
  let [start, end] = [from, to];
  while (start < end && isNewline(cursor.tokens[start])) start += 1;
  while (end > start && isNewline(cursor.tokens[end - 1])) end -= 1;
  return [start, end];
}

function isNewline(token: HclToken | undefined): boolean {
  return token?.kind === 'newline';
}

function isName(token: HclToken | undefined): boolean {
  return token?.kind === 'name' || token?.kind === 'string';
}

/** The one token of a text, a number or a boolean; a number takes its minus sign along. */
function literalOf([first, second, third]: readonly HclToken[]): HclToken | undefined {
  if (first === undefined || third !== undefined) return undefined;
  if (first.text === '-' && second?.kind === 'number') return { ...second, start: first.start, text: `-${second.text}` };
  const { kind, text } = first;
  const isLiteral = kind === 'string' || kind === 'heredoc' || kind === 'number' || text === 'true' || text === 'false';
  return isLiteral && second === undefined ? first : undefined;
}

/** Whether a bracket holds a `for` expression and not items. */
function isFor(cursor: Cursor, from: number): boolean {
  const [at] = withoutNewlines(cursor, [from, cursor.tokens.length]);
  return cursor.tokens[at]?.text === 'for' && cursor.tokens[at + 1]?.kind === 'name';
}

function rangeOf({ start, end }: HclToken): TextRange {
  return { offset: start, length: end - start };
}

function tokenSpan({ tokens }: Cursor, from: number, to: number): TextRange | undefined {
  const [first, last] = [tokens[from], tokens[to - 1]];
  return first === undefined || last === undefined || to <= from ? undefined : { offset: first.start, length: last.end - first.start };
}
