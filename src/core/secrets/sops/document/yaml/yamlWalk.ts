import { isAlias, isMap, isScalar, isSeq, visit, type Document, type Node, type Pair, type Scalar, type YAMLSeq } from 'yaml';
import { KmsExplorerError } from '../../../../kms/errorCode.ts';
import type { TextRange } from '../../../codec.ts';
import { parseError } from '../../../textPosition.ts';
import { nullValue, stringValue, type SopsValue } from '../../values/sopsValue.ts';
import { lineOf } from '../sopsDocument.ts';
import { resolvePlainScalar } from './goYamlScalar.ts';
import type { LineMap, YamlItem } from './yamlItems.ts';

/** The dash of an item of a block sequence, and how many items that has. */
interface YamlDash {
  readonly offset: number;
  readonly count: number;
}

/** A scalar of the tree that SOPS sees, in which every alias stands for what it repeats. */
export interface YamlScalarPlace {
  readonly keyPath: readonly (string | number)[];
  readonly path: readonly string[];
  readonly value: SopsValue;
  /** The token that stands in the text: of an alias, `*name`. */
  readonly range: TextRange;
  readonly item: YamlItem | undefined;
  readonly isInFlow: boolean;
  readonly dash: YamlDash | undefined;
  readonly refusal: string | undefined;
}

/** More values than this come from no file that people write, but from aliases of aliases. */
const aliasLimit = 20_000;

interface Context {
  readonly keyPath: readonly (string | number)[];
  readonly path: readonly string[];
  readonly item: YamlItem | undefined;
  readonly isInFlow: boolean;
  readonly dash: YamlDash | undefined;
  /** The alias through which the walk came here. */
  readonly alias: TextRange | undefined;
  /** The anchored nodes the walk is in; an alias to one of them has no end. */
  readonly anchors: readonly Node[];
  readonly isRepeated: boolean;
}

export interface YamlWalk {
  readonly text: string;
  readonly lines: LineMap;
  readonly document: Document.Parsed;
  readonly documentIndex: number;
  /** The anchors that some alias of the document repeats. */
  readonly repeated: ReadonlySet<string>;
  readonly scalars: YamlScalarPlace[];
  readonly items: YamlItem[];
}

export const rootContext: Context = {
  keyPath: [],
  path: [],
  item: undefined,
  isInFlow: false,
  dash: undefined,
  alias: undefined,
  anchors: [],
  isRepeated: false,
};

/** Walks a pair of the root mapping. Throws SOPS_UNSUPPORTED for keys that are no text and for aliases without end. */
export function walkPair(walk: YamlWalk, pair: Pair, context: Context): void {
  const { key, value } = pair;
  const name = keyText(walk, key);
  const keyOffset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
  const inner = {
    ...context,
    keyPath: [...context.keyPath, name],
    path: [...context.path, name],
    dash: undefined,
    item: context.isInFlow || context.alias ? context.item : addItem(walk, keyOffset, value, context, false),
  };
  if (value === null) addScalar(walk, undefined, { offset: keyOffset, length: 0 }, inner);
  else walkNode(walk, value, inner);
}

function walkNode(walk: YamlWalk, node: unknown, context: Context): void {
  const anchor = anchorOf(node);
  const repeats = anchor !== undefined && walk.repeated.has(anchor);
  const inner = repeats ? { ...context, isRepeated: true, anchors: [...context.anchors, ...nodesOf(node)] } : context;
  if (isMap(node)) {
    const flow = { ...inner, isInFlow: inner.isInFlow || node.flow === true };
    for (const pair of node.items) walkPair(walk, pair, flow);
  } else if (isSeq(node)) {
    walkSequence(walk, node, { ...inner, isInFlow: inner.isInFlow || node.flow === true });
  } else if (isAlias(node)) {
    const target = node.resolve(walk.document);
    const alias = context.alias ?? rangeOf(walk.text, node);
    if (target === undefined) throw parseError(walk.text, alias.offset, 'the alias has no anchor');
    if (context.anchors.includes(target) || walk.scalars.length > aliasLimit) {
      throw unsupported(walk.text, alias.offset, 'an alias repeats itself, or too much');
    }
    walkNode(walk, target, { ...inner, alias });
  } else if (isScalar<string>(node)) {
    addScalar(walk, node, taggedRange(walk.text, node), inner);
  }
}

function walkSequence(walk: YamlWalk, sequence: YAMLSeq, context: Context): void {
  const token = sequence.srcToken;
  const dashes =
    token?.type === 'block-seq'
      ? token.items.flatMap(({ start }) => start.filter(({ type }) => type === 'seq-item-ind').map(({ offset }) => offset))
      : [];
  sequence.items.forEach((node, index) => {
    const offset = context.alias ? undefined : dashes[index];
    const dash = offset === undefined ? undefined : { offset, count: sequence.items.length };
    const item = dash === undefined ? context.item : addItem(walk, dash.offset, node, context, true);
    walkNode(walk, node, { ...context, keyPath: [...context.keyPath, index], item, dash });
  });
}

function addItem(walk: YamlWalk, offset: number, value: unknown, { item: parent, path: around }: Context, isListItem: boolean): YamlItem {
  const item: YamlItem = {
    offset,
    line: walk.lines.lineAt(offset),
    column: walk.lines.columnAt(offset),
    parent,
    around,
    isListItem,
    endsOnLine: !isFlow(value) && !(isScalar(value) && value.type?.startsWith('BLOCK') === true),
    document: walk.documentIndex,
    comments: [],
  };
  walk.items.push(item);
  return item;
}

function isFlow(node: unknown): boolean {
  return (isMap(node) || isSeq(node)) && node.flow === true;
}

function addScalar(walk: YamlWalk, node: Scalar<string> | undefined, range: TextRange, context: Context): void {
  const resolved = node === undefined ? { value: nullValue } : resolveScalar(node);
  if ('problem' in resolved) throw unsupported(walk.text, range.offset, resolved.problem);
  const { alias, keyPath, path, item, isInFlow, dash } = context;
  walk.scalars.push({ keyPath, path, item, isInFlow, dash, value: resolved.value, range: alias ?? range, refusal: refusalOf(walk.text, node, range, context) });
}

function resolveScalar(node: Scalar<string>): { readonly value: SopsValue } | { readonly problem: string } {
  const isPlain = node.type === 'PLAIN';
  if (node.tag === undefined) return isPlain ? resolvePlainScalar(node.value) : { value: stringValue(node.value) };
  // SOPS reads the text of a value with a tag it does not know, as of `!Ref` in a template.
  if (node.tag === '!' || node.tag === 'tag:yaml.org,2002:str' || !node.tag.startsWith('tag:yaml.org,2002:')) {
    return { value: stringValue(node.value) };
  }
  const resolved = resolvePlainScalar(node.value);
  const name = { int: 'int', float: 'float', bool: 'bool', null: 'null', timestamp: 'time' }[node.tag.slice('tag:yaml.org,2002:'.length)];
  return 'value' in resolved && resolved.value.type === name ? resolved : { problem: `a value with the tag ${node.tag} cannot be read` };
}

function refusalOf(text: string, node: Scalar<string> | undefined, range: TextRange, { alias, isRepeated }: Context): string | undefined {
  if (node === undefined) return 'The key has no colon. Write it first.';
  if (alias !== undefined) return 'The value comes through an alias, which SOPS cannot encrypt in place. Write it out first.';
  if (isRepeated) return 'The value has an anchor that aliases repeat, and each of them would need a ciphertext of its own. Write them out first.';
  if (node.tag !== undefined && text[range.offset] !== '!') return 'The value has a tag, which SOPS would lose. Remove the tag first.';
  return undefined;
}

function keyText(walk: YamlWalk, key: unknown): string {
  const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
  if (!isScalar(key)) throw unsupported(walk.text, offset, 'a key that is no text, or an alias');
  // SOPS writes what a merge key gave as an ordinary mapping under `!!merge <<`; the parser has a value of its own for it.
  if (key.tag === 'tag:yaml.org,2002:merge') return '<<';
  const resolved = isScalar<string>(key) ? resolveScalar(key) : { value: nullValue };
  if ('value' in resolved && resolved.value.type === 'str') return resolved.value.text;
  throw unsupported(walk.text, offset, 'a key that is no text. Put it in quotes');
}

export function unsupported(text: string, offset: number, problem: string): KmsExplorerError {
  return new KmsExplorerError('SOPS_UNSUPPORTED', `SOPS files cannot hold what stands on line ${lineOf(text, offset)}: ${problem}.`);
}

function anchorOf(node: unknown): string | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
}

function nodesOf(node: unknown): readonly Node[] {
  return isMap(node) || isSeq(node) || isScalar(node) ? [node] : [];
}

/** The anchors that some alias of a document repeats. */
export function repeatedAnchors(document: Document.Parsed): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    Alias: (_key, alias) => {
      names.add(alias.source);
    },
  });
  return names;
}

/** The token with the tag `!!str` before it, which goes with the value: the token of a number has no use for it. */
function taggedRange(text: string, node: Scalar<string>): TextRange {
  const range = rangeOf(text, node);
  const tag = node.tag === 'tag:yaml.org,2002:str' ? (/!!str[ \t]+$/.exec(text.slice(0, range.offset))?.[0].length ?? 0) : 0;
  return { offset: range.offset - tag, length: range.length + tag };
}

/** The token without what may follow it: a block scalar ends before its last line break and the empty lines after. */
export function rangeOf(text: string, node: Node): TextRange {
  const [offset, end] = node.range ?? [0, 0];
  return { offset, length: text.slice(offset, end).replace(/[\r\n][ \r\n]*$/, '').length };
}
