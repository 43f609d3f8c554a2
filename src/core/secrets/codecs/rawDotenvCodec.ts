import { KmsExplorerError } from '../../kms/errorCode.ts';
import type { Codec, ValueEntry } from '../codec.ts';
import { parseError } from '../textPosition.ts';

/**
 * The raw dialect of `.env` that sops reads (stores/dotenv/store.go): the value is everything after the first `=`, with
 * its quotes, spaces and `#`; only the two characters `\n` stand for a line break. The name is everything before, and a
 * line is a comment when `#` is its first character. Throws PARSE_ERROR for a line without `=` that is not blank.
 */
export const rawDotenvCodec: Codec = {
  parse(text) {
    const entries: ValueEntry[] = [];
    // Of CRLF only the line feed ends a line to sops; the carriage return belongs to no value here, so that it stays.
    for (const { index, 0: line } of text.matchAll(/[^\n]+/g)) {
      const start = index + (line.startsWith('\uFEFF') && index === 0 ? 1 : 0);
      const content = text.slice(start, index + line.length).replace(/\r$/, '');
      if (content.startsWith('#') || content.trim() === '') continue;
      const equals = content.indexOf('=');
      if (equals === -1) throw parseError(text, start, 'a line needs a name, an equals sign and a value');
      entries.push(toEntry(content, start, equals));
    }
    return entries;
  },
};

function toEntry(content: string, offset: number, equals: number): ValueEntry {
  const token = content.slice(equals + 1);
  return {
    keyPath: [content.slice(0, equals)],
    keyRange: { offset, length: equals },
    valueRange: { offset: offset + equals + 1, length: token.length },
    value: token.replaceAll('\\n', '\n'),
    refusal: undefined,
    encode: encodeRaw,
  };
}

/** Throws EDIT_REFUSED for a carriage return and for a backslash before an n, which the dialect cannot tell from a line break. */
function encodeRaw(value: string): string {
  if (/\r|\\n/.test(value)) {
    throw new KmsExplorerError(
      'EDIT_REFUSED',
      'A .env file as sops reads it cannot hold this value: it has a carriage return, or a backslash before an n.',
    );
  }
  return value.replaceAll('\n', '\\n');
}
