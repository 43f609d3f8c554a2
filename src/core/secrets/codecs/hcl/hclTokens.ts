import { parseError } from '../../textPosition.ts';
import { heredocAt } from './hclHeredoc.ts';

/**
 * One token of HCL's native syntax. `string` and `heredoc` carry `isTemplate` when they hold an interpolation or a
 * directive; a `mark` is one character or one operator of two.
 */
export interface HclToken {
  readonly kind: 'name' | 'number' | 'string' | 'heredoc' | 'newline' | 'mark' | 'end';
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly isTemplate: boolean;
}

const space = /(?:[^\S\r\n]|\uFEFF|#[^\r\n]*|\/\/[^\r\n]*|\/\*[^]*?\*\/)+/y;
const stringPart = /[^"\\$%\r\n]+|\\[^\r\n]|\$\$\{|%%\{|(?<opening>[$%]\{)|[$%]/y;
const simple = /(?<newline>\r\n|\r|\n)|(?<name>[\p{ID_Start}_][\p{ID_Continue}-]*)|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<mark>==|!=|<=|>=|=>|&&|\|\||\.\.\.|::|[^])/uy;

/**
 * The tokens of a text, without white space and comments, closed by an `end` (HCL native syntax specification,
 * "Lexical Elements"). Throws PARSE_ERROR for a string, a template, a heredoc or a comment that is not closed.
 */
export function hclTokens(text: string): readonly HclToken[] {
  const tokens: HclToken[] = [];
  for (let offset = skipSpace(text, 0); offset < text.length; offset = skipSpace(text, tokens.at(-1)?.end ?? text.length)) {
    tokens.push(tokenAt(text, offset));
  }
  return [...tokens, { kind: 'end', start: text.length, end: text.length, text: '', isTemplate: false }];
}

function skipSpace(text: string, offset: number): number {
  space.lastIndex = offset;
  return space.test(text) ? space.lastIndex : offset;
}

function tokenAt(text: string, start: number): HclToken {
  if (text[start] === '"') {
    const { end, isTemplate } = stringAt(text, start);
    return { kind: 'string', start, end, text: text.slice(start, end), isTemplate };
  }
  if (text.startsWith('/*', start)) throw parseError(text, start, 'the comment is not closed');
  const heredoc = heredocAt(text, start, templateEnd);
  if (heredoc !== undefined) {
    const { end, isTemplate } = heredoc;
    return { kind: 'heredoc', start, end, text: text.slice(start, end), isTemplate };
  }
  simple.lastIndex = start;
  const match = simple.exec(text);
  const { newline, name, number } = match?.groups ?? {};
  const kind = newline !== undefined ? 'newline' : name !== undefined ? 'name' : number !== undefined ? 'number' : 'mark';
  const end = start + (match?.[0].length ?? 1);
  return { kind, start, end, text: text.slice(start, end), isTemplate: false };
}

/** The string that opens at `start`; an unescaped `${` or `%{` makes it a template, whose expressions hold strings again. */
function stringAt(text: string, start: number): { readonly end: number; readonly isTemplate: boolean } {
  let isTemplate = false;
  for (let at = start + 1; at < text.length; ) {
    if (text[at] === '"') return { end: at + 1, isTemplate };
    stringPart.lastIndex = at;
    const part = stringPart.exec(text);
    if (part === null) break;
    const opens = part.groups?.['opening'] !== undefined;
    isTemplate ||= opens;
    at = opens ? templateEnd(text, at) : at + part[0].length;
  }
  throw parseError(text, start, 'the string is not closed on its line');
}

/** Where the template expression or directive at `start` ends, after its closing brace. */
function templateEnd(text: string, start: number): number {
  let depth = 1;
  for (let at = skipSpace(text, start + 2); at < text.length; ) {
    const token = tokenAt(text, at);
    if (token.text === '{') depth += 1;
    if (token.text === '}') depth -= 1;
    if (depth === 0) return token.end;
    at = skipSpace(text, token.end);
  }
  throw parseError(text, start, 'the template is not closed');
}
