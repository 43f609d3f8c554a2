import type { Node } from 'jsonc-parser';
import type { Edit, TextRange } from '../../codec.ts';
import { lineBreakOf, parseError } from '../../textPosition.ts';
import { isMetadataList, isMetadataMap, sortedEntries, type MetadataNode } from '../metadata/metadataTree.ts';
import { changedScalars } from './metadataEdits.ts';
import type { SopsDocument } from './sopsDocument.ts';

interface Layout {
  readonly indent: string;
  readonly lineBreak: string;
}

/** The `sops` part of a JSON file: `part` is its property of `root`, if there is one. */
export function jsonMetadata(
  text: string,
  root: Node,
  part: Node | undefined,
  indent: string,
): Pick<SopsDocument, 'metadata' | 'writeMetadata' | 'removeMetadata'> {
  const value = part?.children?.[1];
  const standing = value && readNode(value);
  if (part !== undefined && !isMetadataMap(standing)) throw parseError(text, part.offset, 'the key sops does not hold an object');
  const metadata = isMetadataMap(standing) ? standing : undefined;
  const layout = { indent: indentOf(text, root) ?? indent, lineBreak: lineBreakOf(text) };
  return {
    metadata,
    removeMetadata: () => (part === undefined ? [] : [removal(root, part)]),
    writeMetadata(next) {
      if (value === undefined || metadata === undefined) return [insertion(root, `"sops": ${writeNode(next, layout, 1)}`, layout)];
      const changed = changedScalars(metadata, scalarsOf(value), next, (scalar) => JSON.stringify(scalar));
      return changed ?? [{ offset: value.offset, length: value.length, text: writeNode(next, layout, 1) }];
    },
  };
}

function readNode(node: Node): MetadataNode {
  const children = node.children ?? [];
  if (node.type === 'array') return children.map(readNode);
  if (node.type === 'object') {
    const entries = children.map(({ children: [key, value] = [] }) => [String(key?.value), value ? readNode(value) : null] as const);
    return Object.fromEntries(entries);
  }
  const scalar: unknown = node.value;
  return typeof scalar === 'string' || typeof scalar === 'number' || typeof scalar === 'boolean' ? scalar : null;
}

function scalarsOf(root: Node): ReadonlyMap<string, TextRange> {
  const scalars = new Map<string, TextRange>();
  const descend = (node: Node, key: string, separator: string): void => {
    if (node.type === 'object') {
      for (const { children: [name, value] = [] } of node.children ?? []) {
        if (value !== undefined) descend(value, `${key}${separator}${String(name?.value)}`, '__map_');
      }
    } else if (node.type === 'array') {
      node.children?.forEach((child, index) => {
        descend(child, `${key}__list_${index}`, '__map_');
      });
    } else {
      scalars.set(key, { offset: node.offset, length: node.length });
    }
  };
  descend(root, '', '');
  return scalars;
}

function writeNode(node: MetadataNode, layout: Layout, depth: number): string {
  const entries = isMetadataMap(node)
    ? sortedEntries(node).map(([key, value]) => `${JSON.stringify(key)}: ${writeNode(value, layout, depth + 1)}`)
    : isMetadataList(node)
      ? node.map((item) => writeNode(item, layout, depth + 1))
      : undefined;
  if (entries === undefined) return JSON.stringify(node);
  const [open, close] = isMetadataMap(node) ? ['{', '}'] : ['[', ']'];
  if (entries.length === 0) return open + close;
  const line = (level: number) => layout.lineBreak + layout.indent.repeat(level);
  return open + entries.map((entry) => line(depth + 1) + entry).join(',') + line(depth) + close;
}

/** The white space before the first property, when that stands on a line of its own. */
function indentOf(text: string, root: Node): string | undefined {
  const first = root.children?.[0];
  return first && /^\s*[\r\n]([ \t]+)$/.exec(text.slice(root.offset + 1, first.offset))?.[1];
}

/** The new property goes after the last one, whose white space before the closing brace stays. */
function insertion(root: Node, property: string, { indent, lineBreak }: Layout): Edit {
  const last = root.children?.at(-1);
  const offset = last === undefined ? root.offset + 1 : last.offset + last.length;
  return { offset, length: 0, text: (last === undefined ? '' : ',') + lineBreak + indent + property };
}

function removal(root: Node, part: Node): Edit {
  const properties = root.children ?? [];
  const index = properties.indexOf(part);
  const [before, after] = [properties[index - 1], properties[index + 1]];
  const offset = before === undefined ? root.offset + 1 : before.offset + before.length;
  const end = before === undefined && after !== undefined ? after.offset : part.offset + part.length;
  return { offset, length: end - offset, text: '' };
}
