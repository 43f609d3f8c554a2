import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { Codec, ValueEntry } from '../codec.ts';
import { parseError } from '../textPosition.ts';

/** JSON with or without comments and trailing commas. Numbers and booleans are values, too; `null` has none. */
export const jsonCodec: Codec = {
  parse(text) {
    const errors: ParseError[] = [];
    // The parser knows no byte order mark; a space in its place keeps every offset.
    const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true, disallowComments: false });
    const first = errors[0];
    if (first !== undefined) throw parseError(text, first.offset, printParseErrorCode(first.error));
    const entries: ValueEntry[] = [];
    if (tree !== undefined) collect(text, tree, [], undefined, entries);
    return entries;
  },
};

function collect(
  text: string,
  node: Node,
  keyPath: readonly (string | number)[],
  key: Node | undefined,
  entries: ValueEntry[],
): void {
  const children = node.children ?? [];
  if (node.type === 'array') {
    children.forEach((child, index) => {
      collect(text, child, [...keyPath, index], undefined, entries);
    });
  } else if (node.type === 'object') {
    for (const { children: [name, value] = [] } of children) {
      if (name !== undefined && value !== undefined) collect(text, value, [...keyPath, String(name.value)], name, entries);
    }
  } else if (node.type !== 'null') {
    entries.push({
      keyPath,
      keyRange: key && { offset: key.offset, length: key.length },
      valueRange: { offset: node.offset, length: node.length },
      value: node.type === 'string' ? String(node.value) : text.slice(node.offset, node.offset + node.length),
      refusal: undefined,
      encode: (newValue) => JSON.stringify(newValue),
    });
  }
}
