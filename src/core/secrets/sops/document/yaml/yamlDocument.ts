import { isMap, isScalar, parseAllDocuments, type Document, type Pair, type YAMLMap } from 'yaml';
import type { TextRange } from '../../../codec.ts';
import { lineBreakOf, parseError } from '../../../textPosition.ts';
import type { SopsValue } from '../../values/sopsValue.ts';
import type { Obstacle, SopsComment, SopsDocument, SopsLeaf } from '../sopsDocument.ts';
import { readSimpleBody } from './simpleBody.ts';
import { activeComments, lineMapOf, placeComments, yamlComments, type YamlItem } from './yamlItems.ts';
import { yamlMetadata, type YamlRoot } from './yamlMetadata.ts';
import { writeYamlText, writeYamlValue } from './yamlText.ts';
import { repeatedAnchors, rootContext, walkPair, type YamlScalarPlace, type YamlWalk } from './yamlWalk.ts';

/** Where the values of documents of the simplest style stand, to read a similar text. */
const simpleScalars = new WeakMap<SopsDocument, readonly YamlScalarPlace[]>();

/**
 * YAML as SOPS reads it (getsops/sops, stores/yaml/store.go): a stream of documents with a mapping at the top of each,
 * keys that are text, aliases expanded. The `sops` part of the first document is the one that counts. `indent` is what
 * a new part is indented with. A document that was read `before` spares the reading of the lines that it shares.
 */
export function readYamlDocument(text: string, indent = 4, before?: SopsDocument): SopsDocument {
  const scalarsBefore = before && simpleScalars.get(before);
  const simple = readSimpleBody(text, before && scalarsBefore && { text: before.text, scalars: scalarsBefore });
  if (simple === undefined) return readAnyYamlDocument(text, indent);
  try {
    const roots = readRoots(simple.rest);
    refuseRepeatedKeys(text, roots[0]?.map);
    const part = yamlMetadata(text, lineMapOf(text), roots, indent);
    const leaves = simple.scalars.map((scalar, index) => (scalarsBefore?.[index] === scalar ? before?.leaves[index] : undefined) ?? leafOf(text, scalar, 0));
    const document = { text, leaves, comments: [], unplacedComments: [], obstacles: [], ...part };
    simpleScalars.set(document, simple.scalars);
    return document;
  } catch {
    // The parser of the whole text knows best what is wrong, and where.
    return readAnyYamlDocument(text, indent);
  }
}

/** The same for every YAML text, the simplest included, of which it gives the same document. */
export function readAnyYamlDocument(text: string, indent = 4): SopsDocument {
  const lines = lineMapOf(text);
  const roots = readRoots(text);
  const scalars: (readonly [YamlScalarPlace, number])[] = [];
  const items: YamlItem[] = [];
  for (const [documentIndex, { document, map }] of roots.entries()) {
    if (documentIndex === 0) refuseRepeatedKeys(text, map);
    const walk: YamlWalk = { text, lines, document, documentIndex, repeated: repeatedAnchors(document), scalars: [], items };
    for (const pair of map?.items ?? []) {
      if (!isSopsPair(pair)) walkPair(walk, pair, { ...rootContext, isInFlow: map?.flow === true });
    }
    scalars.push(...walk.scalars.map((scalar) => [scalar, documentIndex] as const));
  }
  const parts = roots.map((root) => root.map?.items.find(isSopsPair)?.value);
  const isOutsideParts = (offset: number) => !parts.some((part) => isMap(part) && within(part, offset));
  const { comments, unplaced: unplacedComments } = placeComments(text, yamlComments(text).filter(({ range }) => isOutsideParts(range.offset)), items);
  const leaves = scalars.map(([scalar, document]) => leafOf(text, scalar, document));
  const part = yamlMetadata(text, lines, roots, indent);
  const obstacles = [...emptyItemComments(comments, leaves), ...(part.metadata === undefined ? reservedKeys(roots) : [])];
  return { text, leaves, comments, unplacedComments, obstacles, ...part };
}

/** SOPS makes an empty item of a comment without text that stands among the items of a sequence. */
function emptyItemComments(comments: readonly SopsComment[], leaves: readonly SopsLeaf[]): readonly Obstacle[] {
  const isInItem = (leaf: SopsLeaf | undefined) => leaf?.keyPath.some((key) => typeof key === 'number') ?? false;
  return comments
    .filter(({ text, range }) => {
      if (text !== '') return false;
      const before = leaves.findLast((leaf) => leaf.range.offset < range.offset);
      const after = leaves.find((leaf) => leaf.range.offset > range.offset);
      return isInItem(before) || isInItem(after);
    })
    .map(({ range }) => ({ offset: range.offset, problem: 'SOPS makes an empty item of a comment without text in a sequence. Remove the comment' }));
}

/** A key of a later document that SOPS would take out of it, in a file that it has not encrypted. */
function reservedKeys(roots: readonly YamlRoot[]): readonly Obstacle[] {
  return roots
    .flatMap(({ map }) => map?.items.filter(isSopsPair) ?? [])
    .map(({ key }) => ({ offset: key.range[0], problem: 'SOPS keeps the key sops for itself. Rename it' }));
}

function isSopsPair({ key }: Pair): boolean {
  return isScalar(key) && key.value === 'sops';
}

function within({ range }: YAMLMap, offset: number): boolean {
  return range !== undefined && range !== null && offset >= range[0] && offset < range[1];
}

function readRoots(text: string): readonly YamlRoot[] {
  const parsed = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, keepSourceTokens: true, logLevel: 'silent' });
  const documents: readonly Document.Parsed[] = 'empty' in parsed ? [] : parsed;
  if (documents.length === 0) throw parseError(text, 0, 'the file has no mapping');
  return documents.map((document, index) => {
    const [error] = document.errors;
    if (error !== undefined) throw parseError(text, error.pos[0], error.code);
    const { contents } = document;
    if (isMap(contents)) return { document, map: contents };
    const isEmpty = contents === null || (isScalar(contents) && contents.source === '');
    if (isEmpty && index > 0) return { document, map: undefined };
    throw parseError(text, contents?.range[0] ?? 0, 'SOPS needs a mapping at the top of a YAML document');
  });
}

function refuseRepeatedKeys(text: string, node: unknown): void {
  const seen = new Set<unknown>();
  if (!isMap(node)) return;
  for (const { key, value } of node.items) {
    if (isScalar(key)) {
      if (seen.has(key.value)) throw parseError(text, key.range?.[0] ?? 0, 'the key stands there twice');
      seen.add(key.value);
    }
    for (const child of isMap(value) ? [value] : childrenOf(value)) refuseRepeatedKeys(text, child);
  }
}

function childrenOf(node: unknown): readonly unknown[] {
  if (typeof node !== 'object' || node === null || !('items' in node) || !Array.isArray(node.items)) return [];
  const items: readonly unknown[] = node.items;
  return items.flatMap((item) => (isMap(item) ? [item] : childrenOf(item)));
}

function leafOf(text: string, scalar: YamlScalarPlace, document: number): SopsLeaf {
  const { keyPath, path, range, value, refusal, item, dash } = scalar;
  return {
    document, keyPath, path, range, value, refusal,
    comments: activeComments(item),
    writeToken: (token) => spaceBefore(text, range) + (scalar.isInFlow ? JSON.stringify(token) : token),
    writeValue: (next) => spaceBefore(text, range) + writeValueAt(text, scalar, next),
    blockItem: dash === undefined ? undefined : {
      count: dash.count,
      asComment(comment, emptyList) {
        const list = emptyList ? `${lineBreakOf(text)}${' '.repeat((item?.column ?? 0) + 2)}[]` : '';
        return { offset: dash.offset, length: range.offset + range.length - dash.offset, text: `#${comment.replace(/[\r\n]+/g, ' ')}${list}` };
      },
    },
  };
}

/** An empty value has no token: what is written needs the space that is not there. */
function spaceBefore(text: string, { offset, length }: TextRange): string {
  return length === 0 && !/\s$/.test(text.slice(0, offset)) ? ' ' : '';
}

function writeValueAt(text: string, { isInFlow, item, range }: YamlScalarPlace, next: SopsValue): string {
  if (isInFlow && next.type === 'str') return writeYamlText(next.text);
  const end = range.offset + range.length;
  const restOfLine = /^[^\r\n]*/.exec(text.slice(end, end + 1000))?.[0] ?? '';
  const canBeBlock = !isInFlow && item !== undefined && restOfLine.trim() === '' && end < text.length;
  return writeYamlValue(next, { blockIndent: canBeBlock ? ' '.repeat(item.column + 2) : undefined, lineBreak: lineBreakOf(text) });
}
