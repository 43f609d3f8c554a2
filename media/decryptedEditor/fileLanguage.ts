import { json } from '@codemirror/lang-json';
import { StreamLanguage, type StringStream } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import type { DecryptedText } from '../../src/protocol/decryptedEditor.ts';

/** How keys and comments of a format of lines look. */
interface LineFormat {
  readonly comment: RegExp;
  readonly key: RegExp;
}

const formats: Readonly<Partial<Record<DecryptedText['format'], LineFormat>>> = {
  yaml: { comment: /#.*/, key: /(?:"[^"]*"|'[^']*'|[\w./-][^:#]*?)(?=\s*:(?:\s|$))/ },
  dotenv: { comment: /#.*/, key: /[\w.-]+(?=\s*=)/ },
  ini: { comment: /[#;].*/, key: /[^=:[\]#;\s][^=:]*?(?=\s*[=:])/ },
};

/** Colours for keys, comments, numbers and quoted texts. JSON has a parser of its own; of a binary file nothing is known. */
export function fileLanguage(format: DecryptedText['format']): Extension {
  const lines = formats[format];
  if (lines !== undefined) return StreamLanguage.define({ token: (stream) => tokenAt(stream, lines) });
  return format === 'json' ? json() : [];
}

function tokenAt(stream: StringStream, { comment, key }: LineFormat): string | null {
  if (stream.eatSpace()) return null;
  const isFirst = stream.string.slice(0, stream.pos).replace(/^[\s-]+/, '') === '';
  const isApart = /^$|\s/.test(stream.string.slice(0, stream.pos).slice(-1));
  if (isApart && stream.match(comment)) return 'comment';
  if (isFirst && stream.match(/\[[^\]]*\]$/)) return 'keyword';
  if (isFirst && stream.match(key)) return 'propertyName';
  if (stream.match(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/)) return 'string';
  if (isApart && stream.match(/[-+]?\d[\d.]*(?=\s|$)/)) return 'number';
  if (isApart && stream.match(/(?:true|false|null)(?=\s|$)/)) return 'bool';
  stream.next();
  stream.eatWhile(/[^\s#"']/);
  return null;
}
