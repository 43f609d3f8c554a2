import { KmsExplorerError } from '../../../kms/errorCode.ts';
import type { Edit, TextRange } from '../../codec.ts';
import { parseError } from '../../textPosition.ts';
import { flattenMetadata, unflattenMetadata } from '../metadata/flatMetadata.ts';
import { textOfNode, type MetadataMap } from '../metadata/metadataTree.ts';
import { stringValue, type SopsValue } from '../values/sopsValue.ts';
import { flatText } from './flatText.ts';
import { changedScalars } from './metadataEdits.ts';
import type { SopsComment, SopsDocument, SopsLeaf } from './sopsDocument.ts';

const prefix = 'sops_';

interface Assignment {
  readonly key: string;
  /** The whole line without its line feed. */
  readonly line: TextRange;
  readonly value: TextRange;
}

/**
 * A .env file as SOPS reads it (getsops/sops, stores/dotenv/store.go), which is not how programs read it: a line ends
 * at a line feed alone, everything before the first `=` is the key and everything after it the value, quotes included,
 * and the two characters `\n` stand for a line break.
 */
export function readDotenvDocument(text: string): SopsDocument {
  const assignments: Assignment[] = [];
  const leaves: SopsLeaf[] = [];
  const comments: SopsComment[] = [];
  let active: string[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const range = { offset, length: line.length };
    offset += line.length + 1;
    if (line === '') continue;
    if (line.startsWith('#')) {
      comments.push({ text: line.slice(1), range: { offset: range.offset + 1, length: line.length - 1 }, around: [], inList: false });
      active.push(line.slice(1));
      continue;
    }
    const assignment = readAssignment(text, line, range);
    if (assignment.key.startsWith(prefix)) {
      assignments.push(assignment);
      continue;
    }
    leaves.push(leafOf(text, assignment, active));
    active = [];
  }
  return { text, leaves, comments, unplacedComments: [], obstacles: [], ...metadataPart(text, assignments) };
}

function readAssignment(text: string, line: string, range: TextRange): Assignment {
  const equals = line.indexOf('=');
  if (equals === -1) {
    const problem = line === '\r' ? 'SOPS cannot read a .env file with an empty line that ends in CR LF' : 'the line has no =';
    throw parseError(text, range.offset, problem);
  }
  const value = { offset: range.offset + equals + 1, length: line.length - equals - 1 };
  return { key: line.slice(0, equals), line: range, value };
}

function leafOf(text: string, { key, value }: Assignment, comments: readonly string[]): SopsLeaf {
  return {
    document: 0,
    keyPath: [key],
    path: [key],
    range: value,
    value: stringValue(readValue(text, value)),
    comments,
    refusal: undefined,
    writeToken: (token) => token,
    writeValue: (newValue) => writeValue(newValue),
    blockItem: undefined,
  };
}

function readValue(text: string, { offset, length }: TextRange): string {
  return text.slice(offset, offset + length).replaceAll('\\n', '\n');
}

function writeValue(value: SopsValue): string {
  if (value.type === 'str' && value.text.includes('\\n')) {
    throw new KmsExplorerError(
      'EDIT_REFUSED',
      'SOPS cannot keep a backslash followed by an n in a .env file: it stands for a line break there.',
    );
  }
  return flatText(value).replaceAll('\n', '\\n');
}

function metadataPart(
  text: string,
  assignments: readonly Assignment[],
): Pick<SopsDocument, 'metadata' | 'writeMetadata' | 'removeMetadata'> {
  const entries = assignments.map(({ key, value }) => [key.slice(prefix.length), readValue(text, value)] as const);
  const metadata = assignments.length === 0 ? undefined : unflattenMetadata(entries);
  const scalars = new Map(assignments.map(({ key, value }) => [key.slice(prefix.length), value]));
  const removeMetadata = (): readonly Edit[] =>
    assignments.map(({ line }) => ({ offset: line.offset, length: Math.min(line.length + 1, text.length - line.offset), text: '' }));
  const writeLine = (key: string, value: string) => `${prefix}${key}=${value}\n`;
  return {
    metadata,
    removeMetadata,
    writeMetadata(next) {
      const write = (scalar: MetadataMap[string]) => textOfNode(scalar).replaceAll('\n', '\\n');
      const changed = metadata && changedScalars(metadata, scalars, next, write);
      if (changed !== undefined) return changed;
      const lines = [...flattenMetadata(next)].map(([key, value]) => writeLine(key, write(value))).join('');
      const [first, ...rest] = removeMetadata();
      if (first !== undefined) return [{ ...first, text: lines }, ...rest];
      return [{ offset: text.length, length: 0, text: text === '' || text.endsWith('\n') ? lines : `\n${lines}` }];
    },
  };
}
