import type { TextRange } from '../../../codec.ts';
import { stringValue, type SopsValue } from '../../values/sopsValue.ts';
import { resolvePlainScalar } from './goYamlScalar.ts';
import type { YamlItem } from './yamlItems.ts';
import type { YamlScalarPlace } from './yamlWalk.ts';

/** The values of a document in the simplest style, and what is left of it for a parser. */
export interface SimpleBody {
  readonly scalars: readonly YamlScalarPlace[];
  /** The text with a comment in the place of all but its first key and its `sops` part, which stand where they did. */
  readonly rest: string;
}

/** A mapping that the scan is in, or whose first key is to come. */
interface Mapping {
  readonly path: readonly string[];
  readonly item: YamlItem | undefined;
}

interface Level extends Mapping {
  readonly indent: number;
  readonly keys: Set<string>;
}

/** A text that was read before, and its values. */
export interface ReadBefore {
  readonly text: string;
  readonly scalars: readonly YamlScalarPlace[];
}

interface Scan {
  readonly text: string;
  readonly before: ReadBefore | undefined;
  readonly scalars: YamlScalarPlace[];
  /** From the root to the innermost mapping. */
  readonly levels: Level[];
  /** The mapping that the line before has opened. */
  opened: Mapping | undefined;
  firstKey: TextRange | undefined;
  part: TextRange | undefined;
}

const head = '---\n';
const pair = /( *)([A-Za-z_][\w.-]{0,127}):(?: ([^\n]*[^ \n]))? *(?:\n|$)/y;
const token = /^ENC\[AES256_GCM,data:[A-Za-z0-9+/=]*,iv:[A-Za-z0-9+/=]*,tag:[A-Za-z0-9+/=]*,type:[a-z]+\]$/;
const plain = /^[A-Za-z0-9_./+=](?:[A-Za-z0-9 _./+=@,()-]*[A-Za-z0-9_./+=@,()-])?$/;
const quoted = /^"([ !#-[\]-~]*)"$/;

/**
 * Reads a YAML text of nothing but block mappings with plain or quoted values, each on a line of its own, as the large
 * files are that SOPS has to do with: a parser of all of YAML takes twenty times as long. Undefined for any other text,
 * which that parser reads: with comments, lists, block scalars, several documents, and in every doubtful case. Of a text
 * that is much like the one `before`, the lines that are the same are not looked into again, and a value that did not move is
 * the same object.
 */
export function readSimpleBody(text: string, before?: ReadBefore): SimpleBody | undefined {
  const root: Level = { indent: 0, keys: new Set(), path: [], item: undefined };
  const scan: Scan = { text, before, scalars: [], levels: [root], opened: undefined, firstKey: undefined, part: undefined };
  let at = text.startsWith(head) ? head.length : 0;
  let line = at === 0 ? 0 : 1;
  while (at < text.length) {
    const end = text[at] === '\n' ? at + 1 : readPair(scan, at, line);
    if (end === undefined) return undefined;
    line += scan.part?.offset === at ? countLines(text, scan.part) : 1;
    at = end;
  }
  if (scan.opened !== undefined || scan.firstKey === undefined) return undefined;
  return { scalars: scan.scalars, rest: blankBut(text, [scan.firstKey, ...(scan.part === undefined ? [] : [scan.part])]) };
}

/** Reads the pair on the line that begins here; gives where the next line begins, or undefined for anything else. */
function readPair(scan: Scan, at: number, line: number): number | undefined {
  const known = knownLine(scan, at);
  if (known !== undefined) return takeKnown(scan, at, line, known);
  pair.lastIndex = at;
  const match = pair.exec(scan.text);
  const [whole, spaces = '', key = '', written] = match ?? [];
  const level = whole === undefined ? undefined : levelOf(scan, spaces.length);
  if (whole === undefined || level === undefined || level.keys.has(key) || !isText(key)) return undefined;
  level.keys.add(key);
  if (key === 'sops' && level.indent === 0) return readPart(scan, at, written);
  const offset = at + spaces.length;
  scan.firstKey ??= { offset, length: key.length + 1 };
  const path = [...level.path, key];
  const item: YamlItem = { offset, line, column: spaces.length, parent: level.item, around: level.path, isListItem: false, endsOnLine: true, document: 0, comments: [] };
  scan.opened = written === undefined ? { path, item } : undefined;
  if (written === undefined) return at + whole.length;
  const value = valueOf(written);
  if (value === undefined) return undefined;
  const range = { offset: offset + key.length + 2, length: written.length };
  scan.scalars.push({ keyPath: path, path, value, range, item, isInFlow: false, dash: undefined, refusal: undefined });
  return at + whole.length;
}

/** A line that was read before as the pair of a value, and where it began and ended. */
interface KnownLine {
  readonly scalar: YamlScalarPlace;
  readonly item: YamlItem;
  readonly start: number;
  readonly end: number;
}

/** The next value of the text before, if its line stands here to the letter. */
function knownLine({ text, before, scalars }: Scan, at: number): KnownLine | undefined {
  const scalar = before?.scalars[scalars.length];
  const item = scalar?.item;
  if (before === undefined || scalar === undefined || item === undefined) return undefined;
  const [start, end] = [item.offset - item.column, scalar.range.offset + scalar.range.length + 1];
  return before.text[end - 1] === '\n' && text.startsWith(before.text.slice(start, end), at) ? { scalar, item, start, end } : undefined;
}

/** Takes the pair of a line over, as `readPair` would read it: only its place can be another. */
function takeKnown(scan: Scan, at: number, line: number, { scalar, item, start, end }: KnownLine): number | undefined {
  const level = levelOf(scan, item.column);
  const key = scalar.path.at(-1) ?? '';
  if (level === undefined || level.keys.has(key)) return undefined;
  level.keys.add(key);
  scan.opened = undefined;
  const shift = at - start;
  const offset = item.offset + shift;
  scan.firstKey ??= { offset, length: key.length + 1 };
  const isSamePath = scalar.path.length === level.path.length + 1 && level.path.every((name, index) => name === scalar.path[index]);
  if (shift === 0 && item.line === line && isSamePath) scan.scalars.push(scalar);
  else {
    const path = isSamePath ? scalar.path : [...level.path, key];
    const moved = { ...item, offset, line, parent: level.item, around: level.path };
    scan.scalars.push({ ...scalar, keyPath: path, path, range: { ...scalar.range, offset: scalar.range.offset + shift }, item: moved });
  }
  return at + end - start;
}

/** The mapping that a line of this indentation goes on, which may have been opened by the line before. */
function levelOf(scan: Scan, indent: number): Level | undefined {
  const { levels, opened } = scan;
  const inner = levels.at(-1);
  if (opened !== undefined) {
    // Without a deeper line the key has no value, and an indentation of its own is none of this simple style.
    if (inner === undefined || indent <= inner.indent) return undefined;
    levels.push({ ...opened, indent, keys: new Set() });
    return levels.at(-1);
  }
  while ((levels.at(-1)?.indent ?? 0) > indent) levels.pop();
  return levels.at(-1)?.indent === indent ? levels.at(-1) : undefined;
}

/** The part goes on to the next line that begins in the first column. A comment in it may count for the values. */
function readPart(scan: Scan, offset: number, written: string | undefined): number | undefined {
  if (written !== undefined) return undefined;
  const next = /\n(?=[^ \n])/g;
  next.lastIndex = offset;
  const found = next.exec(scan.text);
  const end = found === null ? scan.text.length : found.index + 1;
  if (scan.text.slice(offset, end).includes('#')) return undefined;
  scan.part = { offset, length: end - offset };
  scan.opened = undefined;
  return end;
}

function valueOf(written: string): SopsValue | undefined {
  if (token.test(written)) return stringValue(written);
  const inQuotes = quoted.exec(written)?.[1];
  if (inQuotes !== undefined) return stringValue(inQuotes);
  const resolved = plain.test(written) ? resolvePlainScalar(written) : undefined;
  return resolved !== undefined && 'value' in resolved ? resolved.value : undefined;
}

function isText(key: string): boolean {
  const resolved = resolvePlainScalar(key);
  return 'value' in resolved && resolved.value.type === 'str';
}

function countLines(text: string, { offset, length }: TextRange): number {
  return text.slice(offset, offset + length).split('\n').length - 1;
}

/** The text with a comment in the place of all but some ranges and its head: a parser skips one faster than it does spaces. */
function blankBut(text: string, ranges: readonly TextRange[]): string {
  const start = text.startsWith(head) ? head.length : 0;
  const sorted = [...ranges].sort((one, other) => one.offset - other.offset);
  let rest = text.slice(0, start);
  for (const { offset, length } of sorted) {
    rest += blank(offset - rest.length) + text.slice(offset, offset + length);
  }
  return rest + blank(text.length - rest.length);
}

/** A gap always begins or ends with the line that it takes the place of. */
function blank(length: number): string {
  if (length === 0) return '';
  return length < 3 ? `${' '.repeat(length - 1)}\n` : `\n#${' '.repeat(length - 3)}\n`;
}
