/** Escapes with a letter of their own (java.util.Properties.load). */
const letters: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\f': '\\f' };

/**
 * Writes a value on one line so that Java reads it back, whichever of ISO-8859-1 and UTF-8 the file is read in: every
 * character that is not printable ASCII becomes `\uXXXX`, as java.util.Properties.store writes it.
 * `separator` is what stands between the key and the value; where it has no `=` or `:`, the value must not look like one.
 */
export function encodePropertiesValue(value: string, separator: string): string {
  const escaped = value.replace(/[\\\t\n\r\f]|[^\u0020-\u007e]/g, (character) => letters[character] ?? unicodeEscape(character));
  const first = escaped.startsWith(' ') || (!/[=:]/.test(separator) && /^[=:]/.test(escaped)) ? `\\${escaped}` : escaped;
  return separator === '' && value !== '' ? `=${first}` : first;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
