import { KmsExplorerError } from '../../../../kms/errorCode.ts';

/** A value as it stands in an INI file: `value` is what go-ini reads, `length` how many characters of the text it takes. */
export interface IniToken {
  readonly value: string;
  readonly length: number;
  /** The comment after the value on its last line, with its mark; empty when there is none. */
  readonly comment: string;
}

/** White space as Go's unicode.IsSpace has it. */
const space = String.raw`[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const leadingSpace = new RegExp(`^${space}+`);
const trailingSpace = new RegExp(`${space}+$`);

export function trimGo(text: string): string {
  return trimGoStart(text).replace(trailingSpace, '');
}

export function trimGoStart(text: string): string {
  return text.replace(leadingSpace, '');
}

/**
 * Reads a value as go-ini does with the options of SOPS (gopkg.in/ini.v1, parser.go, readValue). `rest` is the text
 * after the delimiter up to the end of the file. Quotes of three and backticks keep everything up to the closing ones,
 * over several lines; a backslash at the end of a line joins the next; otherwise `#` and `;` begin a comment anywhere.
 * Undefined when quotes are not closed.
 */
export function readIniValue(rest: string): IniToken | undefined {
  const lineEnd = endOfLine(rest, 0);
  const line = rest.slice(0, lineEnd);
  const content = trimGoStart(line);
  const start = line.length - content.length;
  if (content === '') return { value: '', length: 0, comment: '' };
  const quote = content.startsWith('"""') && content.length > 3 ? '"""' : content.startsWith('`') ? '`' : undefined;
  if (quote !== undefined) return readQuoted(rest, start, lineEnd, quote);
  const trimmed = trimGo(content);
  if (trimmed.endsWith('\\')) return readContinued(rest, trimmed.slice(0, -1), lineEnd);
  const mark = trimmed.search(/[#;]/);
  const bare = mark === -1 ? trimmed : trimGo(trimmed.slice(0, mark));
  const comment = mark === -1 ? '' : trimmed.slice(mark);
  return { value: unquote(bare), length: start + bare.length, comment };
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at + 1;
}

function unquote(text: string): string {
  const quote = text[0];
  const isQuoted = (quote === '"' || quote === "'") && text.length >= 2 && text.indexOf(quote, 1) === text.length - 1;
  return isQuoted ? text.slice(1, -1) : text;
}

function readQuoted(rest: string, start: number, lineEnd: number, quote: string): IniToken | undefined {
  const open = start + quote.length;
  const close = rest.slice(open, lineEnd).lastIndexOf(quote);
  if (close !== -1) return { value: rest.slice(open, open + close), length: open + close + quote.length, comment: '' };
  let from = lineEnd;
  while (from < rest.length) {
    const end = endOfLine(rest, from);
    const line = rest.slice(from, end);
    const at = line.lastIndexOf(quote);
    const after = at === -1 ? '' : line.slice(at + quote.length);
    if (at !== -1 && !trimGo(after).endsWith('\\')) {
      const mark = line.slice(at).search(/[#;]/);
      const comment = mark === -1 ? '' : trimGo(line.slice(at + mark));
      return { value: rest.slice(open, from + at), length: from + at + quote.length, comment };
    }
    from = end;
  }
  return undefined;
}

function readContinued(rest: string, first: string, lineEnd: number): IniToken {
  let value = first;
  let from = lineEnd;
  while (from < rest.length) {
    const end = endOfLine(rest, from);
    const next = trimGo(rest.slice(from, end));
    if (next === '') break;
    from = end;
    value += next;
    if (!value.endsWith('\\')) break;
    value = value.slice(0, -1);
  }
  return { value, length: rest.slice(0, from).replace(trailingSpace, '').length, comment: '' };
}

/**
 * Writes a value so that go-ini reads it back: as it is, in backticks or in quotes of three.
 * Throws EDIT_REFUSED when neither can hold it.
 */
export function writeIniValue(value: string): string {
  for (const token of [value, `\`${value}\``, `"""${value}"""`]) {
    const read = readIniValue(`${token}\n`);
    if (read?.value === value && read.length === token.length && read.comment === '') return token;
  }
  throw new KmsExplorerError('EDIT_REFUSED', 'An INI file cannot hold this value: it mixes quotes, backticks, backslashes or line breaks in a way that no kind of quotes keeps.');
}
