import { isAlias, isCollection, isMap, isScalar, parseAllDocuments, visit, type Document, type Node, type Scalar } from 'yaml';
import type { Codec, TextRange, ValueEntry } from '../codec.ts';
import { lineBreakOf, parseError } from '../textPosition.ts';
import { encodeYamlScalar, type YamlStanding } from './yamlScalar.ts';

interface Walk {
  readonly text: string;
  readonly lineBreak: string;
  /** The anchors that some alias of the document repeats. */
  readonly repeated: ReadonlySet<string>;
  readonly entries: ValueEntry[];
}

/**
 * YAML 1.2 in block and flow style, with any number of documents. Every plain scalar is read as its text (the failsafe
 * schema), so that `0x1F` or `1.50` is encrypted as it is written. Keys are no values; neither is an empty node.
 */
export const yamlCodec: Codec = {
  parse(text) {
    const entries: ValueEntry[] = [];
    // Looking for repeated keys takes the square of their number, and editing a value in place does not need it.
    const documents = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false });
    for (const document of 'empty' in documents ? [] : documents) {
      const error = document.errors[0];
      if (error !== undefined) throw parseError(text, error.pos[0], error.code);
      const walk = { text, lineBreak: lineBreakOf(text), repeated: repeatedAnchors(document), entries };
      collect(walk, document.contents, [], undefined);
    }
    return entries;
  },
};

function repeatedAnchors(document: Document.Parsed): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    Alias: (_key, alias) => {
      names.add(alias.source);
    },
  });
  return names;
}

function collect(walk: Walk, node: unknown, keyPath: readonly (string | number)[], key: Node | undefined): void {
  if (isMap(node)) {
    for (const { key: name, value } of node.items) {
      if (isScalar(name)) collect(walk, value, [...keyPath, String(name.value)], name);
    }
  } else if (isCollection(node)) {
    node.items.forEach((item, index) => {
      collect(walk, item, [...keyPath, index], undefined);
    });
  } else if (isAlias(node)) {
    walk.entries.push(aliasEntry(walk, rangeOf(walk.text, node), keyPath, key && rangeOf(walk.text, key)));
  } else if (isScalar<string>(node) && (node.type !== 'PLAIN' || node.value !== '')) {
    walk.entries.push(scalarEntry(walk, node, keyPath, key && rangeOf(walk.text, key)));
  }
}

function aliasEntry(
  walk: Walk,
  valueRange: TextRange,
  keyPath: readonly (string | number)[],
  keyRange: TextRange | undefined,
): ValueEntry {
  const alias = walk.text.slice(valueRange.offset, valueRange.offset + valueRange.length);
  return {
    keyPath,
    keyRange,
    valueRange,
    value: alias,
    refusal: 'The value is an alias of another one. Change it where its anchor stands.',
    encode: () => alias,
  };
}

function scalarEntry(
  walk: Walk,
  node: Scalar<string>,
  keyPath: readonly (string | number)[],
  keyRange: TextRange | undefined,
): ValueEntry {
  const valueRange = rangeOf(walk.text, node);
  const token = walk.text.slice(valueRange.offset, valueRange.offset + valueRange.length);
  const standing: YamlStanding = { style: node.type ?? 'PLAIN', token, value: node.value, lineBreak: walk.lineBreak };
  return {
    keyPath,
    keyRange,
    valueRange,
    value: node.value,
    refusal: refusalOf(walk, node),
    encode: (newValue) => encodeYamlScalar(newValue, standing),
  };
}

function refusalOf(walk: Walk, node: Scalar<string>): string | undefined {
  if (node.anchor !== undefined && walk.repeated.has(node.anchor)) {
    return 'The value has an anchor, and every alias of it would change as well. Replace the aliases first.';
  }
  if (node.tag !== undefined && node.tag !== 'tag:yaml.org,2002:str' && node.tag !== '!') {
    return 'The value has a tag that asks for something other than text. Remove the tag first.';
  }
  return undefined;
}

/** The token without what may follow it: a block scalar ends before its last line break and the empty lines after. */
function rangeOf(text: string, node: Node): TextRange {
  const [offset, end] = node.range ?? [0, 0];
  return { offset, length: text.slice(offset, end).replace(/[\r\n][ \r\n]*$/, '').length };
}
