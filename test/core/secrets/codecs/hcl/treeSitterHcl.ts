import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';
import type { TextRange } from '../../../../../src/core/secrets/codec.ts';

/** Finds the ranges of the texts in quotes that are values, by the grammar of tree-sitter; throws when it finds an error. */
export async function hclStrings(): Promise<(text: string) => readonly TextRange[]> {
  await Parser.init();
  const parser = new Parser();
  const { resolve } = createRequire(import.meta.url);
  parser.setLanguage(await Language.load(resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm')));
  return (text) => {
    const root = parser.parse(text)?.rootNode;
    if (root === undefined || root.hasError) throw new Error(`tree-sitter cannot read ${JSON.stringify(text)}`);
    return root.descendantsOfType('string_lit').filter(isValue).map(rangeOf);
  };
}

/** No label of a block, no key of an object, no index, no argument of a call and no operand. */
function isValue(node: Node): boolean {
  const expression = node.parent?.parent;
  const holder = expression?.parent;
  if (node.parent?.type !== 'literal_value' || expression?.type !== 'expression' || holder === undefined || holder === null) return false;
  return holder.type === 'object_elem' ? holder.childForFieldName('val')?.id === expression.id : /^(?:attribute|tuple)$/.test(holder.type);
}

function rangeOf({ startIndex, endIndex }: Node): TextRange {
  return { offset: startIndex, length: endIndex - startIndex };
}
