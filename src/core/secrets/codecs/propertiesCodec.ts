import { Pair, parseLines } from 'dot-properties';
import type { Codec, ValueEntry } from '../codec.ts';
import { encodePropertiesValue } from './propertiesValue.ts';

/**
 * Java properties as java.util.Properties.load reads them: keys that end at `=`, `:` or white space, escapes, and
 * logical lines that a backslash continues. A key is one name, whatever dots it has. A key that stands alone has the
 * empty value.
 */
export const propertiesCodec: Codec = {
  parse(text) {
    return parseLines(withPlainContinuations(text), true).flatMap((node) =>
      node instanceof Pair ? [toEntry(text, node.key, node.value, node.range)] : [],
    );
  },
};

/**
 * The same text at the same length in the form that the parser knows: it takes a byte order mark for a part of the key,
 * and a backslash before CRLF or CR for the end of a key. The white space at the start of a continued line is skipped.
 */
function withPlainContinuations(text: string): string {
  return text
    .replace(/^\uFEFF/, ' ')
    .replace(/(?<!\\)((?:\\\\)*)\\(\r\n?)/g, (_, before: string, end: string) => `${before}\\\n${end.length === 2 ? ' ' : ''}`);
}

function toEntry(
  text: string,
  key: string,
  value: string,
  [keyStart, keyEnd, valueStart, valueEnd]: readonly number[],
): ValueEntry {
  const valueOffset = Math.min(valueStart ?? 0, text.length);
  // The parser steps over the character after a backslash even where the text ends.
  const end = Math.min(valueEnd ?? 0, text.length);
  const keyOffset = keyStart ?? 0;
  const separator = text.slice(keyEnd, valueOffset);
  return {
    keyPath: [key],
    keyRange: { offset: keyOffset, length: Math.min(keyEnd ?? 0, text.length) - keyOffset },
    valueRange: { offset: valueOffset, length: end - valueOffset },
    value,
    refusal: hasMalformedEscape(text.slice(keyOffset, end))
      ? 'A \\u is not followed by four hexadecimal digits, so Java cannot load the file. Correct the escape first.'
      : undefined,
    encode: (newValue) => encodePropertiesValue(newValue, separator),
  };
}

function hasMalformedEscape(pair: string): boolean {
  return /(?<!\\)(?:\\\\)*\\u(?![0-9a-fA-F]{4})/.test(pair);
}
