import { parseTOML, type AST } from 'toml-eslint-parser';
import type { Codec, TextRange, ValueEntry } from '../codec.ts';
import { lineBreakOf, parseError } from '../textPosition.ts';
import { encodeTomlString, type TomlStanding } from './tomlString.ts';

type KeyPath = readonly (string | number)[];

interface Walk {
  readonly text: string;
  readonly lineBreak: string;
  readonly entries: ValueEntry[];
}

/**
 * TOML 1.0 and 1.1. Strings keep their kind of quotes; a number, a boolean or a date is read as it is written and is
 * replaced by a string. Dotted keys, tables, arrays of tables and inline tables give the same key paths.
 */
export const tomlCodec: Codec = {
  parse(text) {
    const walk: Walk = { text, lineBreak: lineBreakOf(text), entries: [] };
    for (const node of parseProgram(text).body[0].body) {
      if (node.type === 'TOMLKeyValue') collectPair(walk, node, []);
      else for (const pair of node.body) collectPair(walk, pair, node.resolvedKey);
    }
    return walk.entries;
  },
};

/** The parser knows no byte order mark; a space in its place keeps every offset. */
function parseProgram(text: string): AST.TOMLProgram {
  try {
    return parseTOML(text.replace(/^\uFEFF/, ' '), { tomlVersion: '1.1' });
  } catch (error) {
    if (!(error instanceof Error) || !('index' in error) || typeof error.index !== 'number') throw error;
    // Only a message about a code point quotes the text.
    throw parseError(text, error.index, error.message.replace(/^(Invalid code point) \S+/, '$1'));
  }
}

function collectPair(walk: Walk, { key, value }: AST.TOMLKeyValue, parents: KeyPath): void {
  const names = key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value));
  collect(walk, value, [...parents, ...names], rangeOf(key));
}

function collect(walk: Walk, node: AST.TOMLContentNode, keyPath: KeyPath, keyRange: TextRange | undefined): void {
  if (node.type === 'TOMLArray') {
    node.elements.forEach((element, index) => {
      collect(walk, element, [...keyPath, index], undefined);
    });
  } else if (node.type === 'TOMLInlineTable') {
    for (const pair of node.body) collectPair(walk, pair, keyPath);
  } else {
    walk.entries.push(toEntry(walk, node, keyPath, keyRange));
  }
}

function toEntry(walk: Walk, node: AST.TOMLValue, keyPath: KeyPath, keyRange: TextRange | undefined): ValueEntry {
  const token = walk.text.slice(...node.range);
  const isString = node.kind === 'string';
  const standing: TomlStanding = {
    style: isString ? node.style : 'basic',
    multiline: isString && node.multiline,
    token,
    lineBreak: walk.lineBreak,
  };
  return {
    keyPath,
    keyRange,
    valueRange: rangeOf(node),
    value: isString ? node.value : token,
    refusal: undefined,
    encode: (newValue) => encodeTomlString(newValue, standing),
  };
}

function rangeOf({ range: [start, end] }: AST.TOMLNode): TextRange {
  return { offset: start, length: end - start };
}
