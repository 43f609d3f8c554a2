import { Lexer } from 'yaml';
import type { SopsComment } from '../sopsDocument.ts';

/** A pair of a block mapping or an item of a block sequence: what a comment can be about. */
export interface YamlItem {
  /** Where its key or its dash stands. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly parent: YamlItem | undefined;
  /** The keys of the maps around it. */
  readonly around: readonly string[];
  readonly isListItem: boolean;
  /** Whether a comment at the end of its first line is certainly about it. */
  readonly endsOnLine: boolean;
  readonly document: number;
  readonly comments: string[];
}

/** Line and column of offsets, both from zero. */
export interface LineMap {
  lineAt(offset: number): number;
  columnAt(offset: number): number;
}

export function lineMapOf(text: string): LineMap {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  const lineAt = (offset: number): number => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const columnAt = (offset: number) => {
    const start = starts[lineAt(offset)] ?? 0;
    return offset - start - (start === 0 && text.startsWith('\uFEFF') ? 1 : 0);
  };
  return { lineAt, columnAt };
}

/** A comment before its place among the items is known. */
export type YamlComment = Omit<SopsComment, 'around' | 'inList'>;

/** The comments of a YAML text in their order. */
export function yamlComments(text: string): readonly YamlComment[] {
  const comments: YamlComment[] = [];
  let offset = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    // The lexer marks documents, scalars and broken flow collections with characters that are not in the text.
    if (lexeme === '\u0002' || lexeme === '\u0018') continue;
    if (lexeme === '\u001f') {
      isScalar = true;
      continue;
    }
    if (!isScalar && lexeme.startsWith('#')) {
      comments.push({ text: lexeme.slice(1), range: { offset: offset + 1, length: lexeme.length - 1 } });
    }
    isScalar = false;
    offset += lexeme.length;
  }
  return comments;
}

/** Where the comments of a text belong. */
export interface PlacedComments {
  readonly comments: readonly SopsComment[];
  /** Those of which it is not certain what they are active for. */
  readonly unplaced: readonly SopsComment[];
}

/** Whether it is certain what a comment is active for, and the item that it stands beside in its collection. */
interface Place {
  readonly isCertain: boolean;
  readonly beside: Pick<YamlItem, 'around' | 'isListItem'> | undefined;
}

/** Beside the keys of the root mapping. */
const atRoot: Place['beside'] = { around: [], isListItem: false };

/**
 * Gives every comment to the item that it is active for, as go-yaml and the YAML store of SOPS place it: a comment on
 * its own line to the next item if that begins in the same column, a comment after a value to that value's item.
 * A comment that is indented further than the next item belongs to the end of an inner collection and is active for
 * nothing.
 */
export function placeComments(text: string, comments: readonly YamlComment[], items: readonly YamlItem[]): PlacedComments {
  const lines = lineMapOf(text);
  const sorted = [...items].sort((a, b) => a.offset - b.offset);
  const unplaced: SopsComment[] = [];
  let nextIndex = 0;
  const placed = comments.map((comment): SopsComment => {
    const at = comment.range.offset - 1;
    while ((sorted[nextIndex]?.offset ?? Infinity) < at) nextIndex += 1;
    const [previous, next] = [sorted[nextIndex - 1], sorted[nextIndex]];
    const isOnOwnLine = text.slice(at - lines.columnAt(at), at).trim() === '';
    const place = isOnOwnLine ? placeOwnLine(comment.text, lines.columnAt(at), previous, next) : placeInline(comment.text, lines.lineAt(at), previous);
    // Where it is not certain, the next item tells at least whether there is a list.
    const known = { ...comment, around: place.beside?.around, inList: (place.beside ?? next ?? previous)?.isListItem === true };
    if (!place.isCertain) unplaced.push(known);
    return known;
  });
  return { comments: placed, unplaced };
}

function placeInline(comment: string, line: number, previous: YamlItem | undefined): Place {
  if (previous?.line !== line) return { isCertain: false, beside: undefined };
  if (previous.endsOnLine) previous.comments.push(comment);
  return { isCertain: previous.endsOnLine, beside: previous };
}

function placeOwnLine(comment: string, column: number, previous: YamlItem | undefined, next: YamlItem | undefined): Place {
  const above = chainOf(previous).find((item) => item.column === column);
  if (next === undefined) return { isCertain: true, beside: above ?? (column === 0 ? atRoot : undefined) };
  if (previous !== undefined && previous.document !== next.document) return { isCertain: false, beside: undefined };
  if (column === next.column) {
    next.comments.push(comment);
    return { isCertain: true, beside: next };
  }
  const endsInner = column > next.column && above !== undefined;
  return { isCertain: endsInner, beside: endsInner ? above : undefined };
}

/** An item and those it stands in, from the inside. */
function chainOf(item: YamlItem | undefined): readonly YamlItem[] {
  return item === undefined ? [] : [item, ...chainOf(item.parent)];
}

/** The comments that are active for a value, from the outermost item to its own. */
export function activeComments(item: YamlItem | undefined): readonly string[] {
  let found: readonly string[] = none;
  for (let each = item; each !== undefined; each = each.parent) {
    if (each.comments.length > 0) found = [...each.comments, ...found];
  }
  return found;
}

const none: readonly string[] = [];
