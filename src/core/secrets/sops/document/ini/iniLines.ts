import type { TextRange } from '../../../codec.ts';
import { parseError } from '../../../textPosition.ts';
import { readIniValue, trimGo, trimGoStart } from './iniValue.ts';

export interface IniEntry {
  readonly key: string;
  /** From the beginning of its line to the end of the value. */
  readonly line: TextRange;
  readonly valueRange: TextRange;
  readonly value: string;
  /** The comment that go-ini gives the entry: the lines before it and what follows the value. */
  readonly comment: string;
}

export interface IniSection {
  readonly name: string;
  /** Where its header line begins; 0 for the section before the first header. */
  readonly offset: number;
  readonly comment: string;
  readonly entries: readonly IniEntry[];
}

/** A comment line or the comment after a value. */
export interface IniComment {
  readonly text: string;
  readonly range: TextRange;
}

export interface IniFile {
  readonly sections: readonly IniSection[];
  readonly comments: readonly IniComment[];
}

/** The section of entries before the first header. */
const defaultSection = 'DEFAULT';

interface OpenSection extends IniSection {
  readonly entries: IniEntry[];
  readonly keys: Set<string>;
}

/**
 * Reads an INI file as go-ini does for SOPS (gopkg.in/ini.v1, parser.go, with AllowNonUniqueSections). Throws
 * PARSE_ERROR for what go-ini refuses, and for a key that stands twice in a section, of which go-ini keeps one alone.
 */
export function readIniFile(text: string): IniFile {
  const sections: OpenSection[] = [{ name: defaultSection, offset: 0, comment: '', entries: [], keys: new Set() }];
  const comments: IniComment[] = [];
  let pending = '';
  for (let offset = text.startsWith('\uFEFF') ? 1 : 0; offset < text.length; ) {
    const end = text.indexOf('\n', offset) + 1 || text.length;
    const line = trimGoStart(text.slice(offset, end));
    const start = end - line.length;
    if (/^[#;]/.test(line)) {
      pending += line;
      comments.push(commentAt(line, start));
      offset = end;
    } else if (line.startsWith('[')) {
      const header = readHeader(text, line, start);
      sections.push({ name: header.name, offset, comment: trimGo(pending + header.comment), entries: [], keys: new Set() });
      pending = '';
      offset = end;
    } else if (line === '') {
      offset = end;
    } else {
      const entry = readEntry(text, line, { offset, start, end }, pending, comments);
      const section = sections.at(-1);
      if (section?.keys.has(entry.entry.key) === true) throw parseError(text, start, 'the key stands twice in its section');
      section?.keys.add(entry.entry.key);
      section?.entries.push(entry.entry);
      pending = '';
      offset = entry.next;
    }
  }
  return { sections, comments };
}

/** A comment without its marks, as SOPS strips them, and where that stands. */
function commentAt(line: string, start: number): IniComment {
  const stripped = stripMark(line);
  const text = stripped.replace(/[\t-\r ]+$/, '');
  return { text, range: { offset: start + line.length - stripped.length, length: text.length } };
}

/** getsops/sops, stores/ini/store.go, stripCommentChar. */
export function stripMark(comment: string): string {
  if (comment.startsWith(';')) return comment.replace(/^[; ]+/, '');
  return comment.startsWith('#') ? comment.replace(/^[# ]+/, '') : comment;
}

function readHeader(text: string, line: string, start: number): { readonly name: string; readonly comment: string } {
  const close = line.lastIndexOf(']');
  const name = line.slice(1, close);
  if (close === -1) throw parseError(text, start, 'the section header is not closed');
  if (name === '') throw parseError(text, start, 'the section has no name');
  const after = line.slice(close + 1);
  const mark = after.search(/[#;]/);
  return { name, comment: mark === -1 ? '' : after.slice(mark) };
}

function readEntry(
  text: string,
  line: string,
  at: { readonly offset: number; readonly start: number; readonly end: number },
  pending: string,
  comments: IniComment[],
): { readonly entry: IniEntry; readonly next: number } {
  const { key, delimiterEnd } = readKey(text, line, at.start);
  const valueStart = at.start + delimiterEnd;
  const token = readIniValue(text.slice(valueStart));
  if (token === undefined) throw parseError(text, valueStart, 'the quotes of the value are not closed');
  const raw = text.slice(valueStart, valueStart + token.length);
  const lead = raw.length - trimGoStart(raw).length;
  const valueRange =
    token.length === 0 ? emptyRange(text, valueStart) : { offset: valueStart + lead, length: token.length - lead };
  const valueEnd = valueRange.offset + valueRange.length;
  const next = text.indexOf('\n', Math.max(valueEnd, at.end - 1)) + 1 || text.length;
  if (token.comment !== '') comments.push(commentAt(token.comment, text.indexOf(token.comment, valueEnd)));
  const entry: IniEntry = {
    key,
    line: { offset: at.offset, length: valueEnd - at.offset },
    valueRange,
    value: token.value,
    comment: trimGo(pending + token.comment),
  };
  return { entry, next };
}

/** Where a value goes that is not there yet: after the delimiter and one space, if that stands there. */
function emptyRange(text: string, valueStart: number): TextRange {
  return { offset: text[valueStart] === ' ' ? valueStart + 1 : valueStart, length: 0 };
}

/** The key, with or without quotes, and where the value begins after `=` or `:`. */
function readKey(text: string, line: string, start: number): { readonly key: string; readonly delimiterEnd: number } {
  const quote = line.startsWith('"""') ? '"""' : /^["`]/.exec(line)?.[0];
  if (quote !== undefined) throw parseError(text, start, 'a key in quotes cannot be edited');
  const delimiter = line.search(/[=:]/);
  if (delimiter === -1) throw parseError(text, start, 'the line has neither = nor :');
  if (delimiter === 0) throw parseError(text, start, 'the line has no key');
  const key = trimGo(line.slice(0, delimiter));
  if (key === '-') throw parseError(text, start, 'a key that go-ini numbers by itself cannot be edited');
  return { key, delimiterEnd: delimiter + 1 };
}
