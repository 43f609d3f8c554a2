import { isMap, isScalar, isSeq, type Document, type Pair, type YAMLMap } from 'yaml';
import type { Edit, TextRange } from '../../../codec.ts';
import { lineBreakOf, parseError } from '../../../textPosition.ts';
import { isMetadataMap, type MetadataMap, type MetadataNode } from '../../metadata/metadataTree.ts';
import { changedScalars } from '../metadataEdits.ts';
import type { SopsDocument } from '../sopsDocument.ts';
import { resolvePlainScalar } from './goYamlScalar.ts';
import type { LineMap } from './yamlItems.ts';
import { writeBlockMap, writeFlowNode, writeYamlNode } from './yamlMetadataText.ts';
import { rangeOf } from './yamlWalk.ts';

export interface YamlRoot {
  readonly document: Document.Parsed;
  /** Undefined for an empty document after the first. */
  readonly map: YAMLMap.Parsed | undefined;
}

/** One copy of the `sops` part; SOPS writes one into every document of a stream. */
interface Part {
  readonly root: YAMLMap.Parsed;
  readonly pair: Pair;
  readonly tree: MetadataMap;
  readonly scalars: ReadonlyMap<string, TextRange>;
  /** The whole pair; in block style from the beginning of its line to the line break after it. */
  readonly range: TextRange;
}

export function yamlMetadata(
  text: string,
  lines: LineMap,
  roots: readonly YamlRoot[],
  indent: number,
): Pick<SopsDocument, 'metadata' | 'writeMetadata' | 'removeMetadata'> {
  const parts = roots.flatMap(({ map }) => (map === undefined ? [] : readPart(text, lines, map)));
  const first = roots[0]?.map;
  const [part] = parts;
  const own = part !== undefined && part.root === first ? part : undefined;
  const lineBreak = lineBreakOf(text);
  return {
    metadata: own?.tree,
    removeMetadata: () => parts.map(({ range }) => ({ ...range, text: '' })),
    writeMetadata(next) {
      if (first === undefined) return [];
      const copies = parts.flatMap((each) => writePart(each, next, { lines, indent, lineBreak, text }));
      return own === undefined ? [insertion(text, lines, first, next, indent), ...copies] : copies;
    },
  };
}

function readPart(text: string, lines: LineMap, root: YAMLMap.Parsed): readonly Part[] {
  const pairs = root.items.filter(({ key }) => isScalar(key) && key.value === 'sops');
  return pairs.slice(0, 1).map((pair): Part => {
    const offset = isScalar(pair.key) ? pair.key.range[0] : 0;
    const tree = readNode(pair.value);
    if (!isMetadataMap(tree)) throw parseError(text, offset, 'the key sops does not hold a mapping');
    const scalars = new Map<string, TextRange>();
    collectScalars(text, pair.value, '', '', scalars);
    return { root, pair, tree, scalars, range: pairRange(text, lines, root, pair, offset, scalars) };
  });
}

function readNode(node: unknown): MetadataNode {
  if (isSeq(node)) return node.items.map(readNode);
  if (isMap(node)) return Object.fromEntries(node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', readNode(value)]));
  if (!isScalar<string>(node)) return null;
  const resolved = node.type === 'PLAIN' && node.tag === undefined ? resolvePlainScalar(node.value) : undefined;
  if (resolved === undefined || !('value' in resolved)) return node.value;
  const { type, text } = resolved.value;
  if (type === 'null') return null;
  if (type === 'bool') return text === 'True';
  return type === 'int' ? Number(text) : node.value;
}

function collectScalars(text: string, node: unknown, key: string, separator: string, scalars: Map<string, TextRange>): void {
  if (isMap(node)) {
    for (const { key: name, value } of node.items) {
      collectScalars(text, value, `${key}${separator}${isScalar(name) ? String(name.value) : ''}`, '__map_', scalars);
    }
  } else if (isSeq(node)) {
    node.items.forEach((item, index) => {
      collectScalars(text, item, `${key}__list_${index}`, '__map_', scalars);
    });
  } else if (isScalar(node) && node.range) {
    const range = rangeOf(text, node);
    if (range.length > 0) scalars.set(key, range);
  }
}

function pairRange(
  text: string,
  lines: LineMap,
  root: YAMLMap.Parsed,
  pair: Pair,
  offset: number,
  scalars: ReadonlyMap<string, TextRange>,
): TextRange {
  const { value } = pair;
  const flowEnd = isMap(value) && value.flow === true ? (value.range?.[1] ?? 0) : 0;
  const end = Math.max(flowEnd, offset + 'sops:'.length, ...[...scalars.values()].map((range) => range.offset + range.length), ...flowEnds(value));
  if (root.flow === true) {
    const index = root.items.findIndex((each) => each === pair);
    const before = root.items[index - 1];
    const start = before === undefined ? offset : endOfPair(before);
    return { offset: start, length: end - start };
  }
  const start = offset - lines.columnAt(offset);
  const lineEnd = /\r\n|\r|\n/.exec(text.slice(end));
  const after = lineEnd === null ? text.length : end + lineEnd.index + lineEnd[0].length;
  return { offset: start, length: after - start };
}

/** The ends of flow collections such as `age: []`, which hold no scalar. */
function flowEnds(node: unknown): readonly number[] {
  if (!isMap(node) && !isSeq(node)) return [];
  const children: readonly unknown[] = isMap(node) ? node.items.map(({ value }) => value) : node.items;
  return [...(node.flow === true && node.range ? [node.range[1]] : []), ...children.flatMap(flowEnds)];
}

function endOfPair({ key, value }: Pair): number {
  const node: unknown = value ?? key;
  return (isScalar(node) || isMap(node) || isSeq(node)) && node.range ? node.range[1] : 0;
}

interface Layout {
  readonly text: string;
  readonly lines: LineMap;
  readonly indent: number;
  readonly lineBreak: string;
}

function writePart({ root, pair, tree, scalars, range }: Part, next: MetadataMap, { text, lines, indent, lineBreak }: Layout): readonly Edit[] {
  // Quotes stay: in a flow collection a token needs them.
  const changed = changedScalars(tree, scalars, next, (scalar, { offset }) =>
    /["']/.test(text[offset] ?? '') ? JSON.stringify(scalar) : writeYamlNode(scalar),
  );
  if (changed !== undefined) return changed;
  if (root.flow === true) {
    const comma = root.items[0] === pair ? '' : ', ';
    return [{ ...range, text: `${comma}sops: ${writeFlowNode(next)}` }];
  }
  const column = lines.columnAt(isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0);
  const isLast = !/[\r\n]$/.test(text.slice(range.offset, range.offset + range.length));
  return [{ ...range, text: writeBlockMap({ sops: next }, column, indent, lineBreak) + (isLast ? '' : lineBreak) }];
}

/** A new part goes to the end of the first document, in the column of its other keys. */
function insertion(text: string, lines: LineMap, root: YAMLMap.Parsed, next: MetadataMap, indent: number): Edit {
  const lineBreak = lineBreakOf(text);
  if (root.flow === true) {
    const last = root.items.at(-1);
    const offset = last === undefined ? root.range[0] + 1 : endOfPair(last);
    return { offset, length: 0, text: `${last === undefined ? '' : ', '}sops: ${writeFlowNode(next)}` };
  }
  const [first] = root.items;
  const column = first === undefined || !isScalar(first.key) ? 0 : lines.columnAt(first.key.range[0]);
  const end = /^(?:---|\.\.\.)(?=\s|$)/m.exec(text.slice(root.range[1]));
  const offset = end === null ? text.length : root.range[1] + end.index;
  const gap = /[\r\n]$/.test(text.slice(0, offset)) ? '' : lineBreak;
  return { offset, length: 0, text: gap + writeBlockMap({ sops: next }, column, indent, lineBreak) + lineBreak };
}
