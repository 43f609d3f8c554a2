import { KmsExplorerError } from '../../kms/errorCode.ts';

/** The quote around a value, or nothing. */
export type DotenvStyle = '' | '"' | "'" | '`';

/** What a reader gets from a quoted token: only double quotes expand `\n` and `\r`, and nothing undoes a backslash. */
export function readDotenvQuoted(token: string): string {
  const inner = token.slice(1, -1).replace(/\r\n?/g, '\n');
  return token.startsWith('"') ? inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inner;
}

/**
 * Writes a value in the style that stands there, or in the first other one from which a reader gets it back.
 * A value with line breaks goes to double quotes, where they fit on one line.
 * Throws EDIT_REFUSED when no style can hold the value, for instance one with all three kinds of quotes.
 */
export function encodeDotenvValue(value: string, standing: DotenvStyle, lineBreak: string): string {
  const quotes: readonly DotenvStyle[] = /[\r\n]/.test(value) ? ['"', "'", '`'] : ["'", '"', '`', ''];
  for (const style of [standing, ...quotes]) {
    const token = style === '' ? writeBare(value) : writeQuoted(value, style, lineBreak);
    if (token !== undefined) return token;
  }
  throw new KmsExplorerError(
    'EDIT_REFUSED',
    'A .env file cannot hold this value: it mixes quotes, backslashes or line breaks in a way that no kind of quotes keeps.',
  );
}

function writeBare(value: string): string | undefined {
  return /[\r\n#\u2028\u2029]|^['"`]/.test(value) || value !== value.trim() ? undefined : value;
}

/** A trailing backslash would hide the closing quote from some readers, so such a value is left to another style. */
function writeQuoted(value: string, quote: DotenvStyle, lineBreak: string): string | undefined {
  if (value.includes(quote) || value.endsWith('\\')) return undefined;
  const inner =
    quote === '"' ? value.replaceAll('\n', '\\n').replaceAll('\r', '\\r') : value.replaceAll('\n', lineBreak);
  const token = quote + inner + quote;
  return readDotenvQuoted(token) === value ? token : undefined;
}
