/** The string that a new value replaces; for anything but a string, a basic string of one line. */
export interface TomlStanding {
  readonly style: 'basic' | 'literal';
  readonly multiline: boolean;
  readonly token: string;
  readonly lineBreak: string;
}

/** Escapes with a letter of their own (TOML 1.0, section String). */
const letters: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/**
 * Writes a value as the kind of TOML string that stands there: basic or literal, on one line or on several. A literal
 * string knows no escapes, so a value that it cannot hold becomes the basic string of the same shape.
 */
export function encodeTomlString(value: string, { style, multiline, token, lineBreak }: TomlStanding): string {
  if (!multiline) return style === 'literal' && fitsInLiteral(value) ? `'${value}'` : writeBasic(value);
  const startsOnNextLine = /^...\r?\n/.test(token) || value.startsWith('\n');
  const opening = startsOnNextLine ? lineBreak : '';
  return style === 'literal' && fitsInLiteralLines(value)
    ? `'''${opening}${value.replaceAll('\n', lineBreak)}'''`
    : `"""${opening}${escapeLines(value).replaceAll('\n', lineBreak)}"""`;
}

function writeBasic(value: string): string {
  return `"${value.replace(/["\\\u0000-\u001f\u007f]/g, escapeCharacter)}"`;
}

/** Line breaks stay; of quotes only those change that would end the string. */
function escapeLines(value: string): string {
  return value
    .replace(/[\\\u0000-\u0008\u000b-\u001f\u007f]/g, escapeCharacter)
    .replace(/"""|"$/g, (quotes) => `${quotes.slice(1)}\\"`);
}

function escapeCharacter(character: string): string {
  return letters[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function fitsInLiteral(value: string): boolean {
  return !/['\u0000-\u0008\u000a-\u001f\u007f]/.test(value);
}

function fitsInLiteralLines(value: string): boolean {
  return !/[\u0000-\u0008\u000b-\u001f\u007f]|'''|'$/.test(value);
}
