import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { parseError } from '../../textPosition.ts';
import { fitsInt64, formatGoFloat } from '../values/goNumber.ts';
import { boolValue, nullValue, stringValue, type SopsValue } from '../values/sopsValue.ts';
import { jsonMetadata } from './jsonMetadata.ts';
import type { SopsDocument, SopsLeaf } from './sopsDocument.ts';

/**
 * JSON as SOPS reads it (getsops/sops, stores/json/store.go): an object at the top, no comments, no trailing commas,
 * no byte order mark. `indent` is what a new `sops` part is indented with when the file itself does not tell.
 */
export function readJsonDocument(text: string, indent = '\t'): SopsDocument {
  const root = parseStrictly(text);
  const properties = root.children ?? [];
  const parts = properties.filter((property) => keyOf(property) === 'sops');
  if (parts.length > 1) throw parseError(text, parts[1]?.offset ?? 0, 'the key sops stands there twice');
  const leaves = properties
    .filter((property) => keyOf(property) !== 'sops')
    .flatMap((property) => leavesOfProperty(text, property, [], []));
  return { text, leaves, comments: [], unplacedComments: [], obstacles: [], ...jsonMetadata(text, root, parts[0], indent) };
}

function parseStrictly(text: string): Node {
  const errors: ParseError[] = [];
  if (text.startsWith('\uFEFF')) throw parseError(text, 0, 'SOPS cannot read JSON that begins with a byte order mark');
  const root = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true });
  const first = errors[0];
  if (first !== undefined) throw parseError(text, first.offset, `${printParseErrorCode(first.error)}. SOPS reads JSON without comments and trailing commas`);
  if (root?.type !== 'object') throw parseError(text, root?.offset ?? 0, 'SOPS needs an object at the top of a JSON file');
  try {
    JSON.parse(text);
  } catch {
    throw parseError(text, root.offset, 'the file is not JSON');
  }
  return root;
}

function keyOf(property: Node): string {
  return String(property.children?.[0]?.value);
}

function leavesOfProperty(
  text: string,
  property: Node,
  keyPath: readonly (string | number)[],
  path: readonly string[],
): readonly SopsLeaf[] {
  const [key, value] = property.children ?? [];
  if (key === undefined || value === undefined) return [];
  const name = String(key.value);
  return leavesOf(text, value, [...keyPath, name], [...path, name]);
}

function leavesOf(
  text: string,
  node: Node,
  keyPath: readonly (string | number)[],
  path: readonly string[],
): readonly SopsLeaf[] {
  const children = node.children ?? [];
  if (node.type === 'object') return children.flatMap((property) => leavesOfProperty(text, property, keyPath, path));
  if (node.type === 'array') return children.flatMap((child, index) => leavesOf(text, child, [...keyPath, index], path));
  return [
    {
      document: 0,
      keyPath,
      path,
      range: { offset: node.offset, length: node.length },
      value: valueOf(text, node),
      comments: [],
      refusal: undefined,
      writeToken: (token) => JSON.stringify(token),
      writeValue,
      blockItem: undefined,
    },
  ];
}

/** Numbers are read as SOPS does since 3.13.2: an integer that fits in 64 bits is an int, any other number a float. */
function valueOf(text: string, node: Node): SopsValue {
  if (node.type === 'null') return nullValue;
  if (node.type === 'string') return stringValue(String(node.value).toWellFormed());
  if (node.type === 'boolean') return boolValue(node.value === true);
  const written = text.slice(node.offset, node.offset + node.length);
  if (/^-?\d+$/.test(written) && fitsInt64(BigInt(written))) return { type: 'int', text: String(BigInt(written)) };
  const value = Number(written);
  if (!Number.isFinite(value)) throw parseError(text, node.offset, 'the number is too large for SOPS');
  return { type: 'float', text: formatGoFloat(value) };
}

function writeValue({ type, text }: SopsValue): string {
  if (type === 'null') return 'null';
  if (type === 'int') return text;
  if (type === 'bool') return text.toLowerCase();
  if (type !== 'float') return JSON.stringify(text);
  if (!/\d/.test(text)) throw new KmsExplorerError('EDIT_REFUSED', 'JSON has no number for infinity or for what is no number.');
  // A whole float is written as SOPS prints it, since releases before 3.13.2 made floats of integers, too.
  return text === '-0' ? '-0.0' : text;
}
