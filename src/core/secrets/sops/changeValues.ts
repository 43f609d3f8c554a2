import { KmsExplorerError } from '../../kms/errorCode.ts';
import type { Edit } from '../codec.ts';
import { describeKeyPath } from './document/sopsDocument.ts';
import type { OpenedLeaf } from './file/openValues.ts';
import { requireEditable, requireWritable } from './file/sopsFile.ts';
import type { UnlockedFile } from './file/unlock.ts';
import { sealMetadata, verifiedChange, type SopsChange } from './file/writeChange.ts';
import type { SopsTools } from './sopsPorts.ts';
import { additionalDataOf, sealText, type DataKeyUse } from './values/sealing.ts';
import { isEmptyValue, sameValue, type SopsValue } from './values/sopsValue.ts';

/** A value that is to stand at a key path of an encrypted file. */
export interface NewValue {
  /** The number of the document in a YAML stream; 0 when it is missing. */
  readonly document?: number;
  readonly keyPath: readonly (string | number)[];
  readonly value: SopsValue;
}

/**
 * Replaces values of an encrypted file that was opened and whose MAC was checked, without a call to KMS. A value that the
 * file's rule selects is encrypted, another one stands there in the clear. Every other value keeps its bytes; the MAC and
 * `lastmodified` are new. Nothing changes, and there are no edits, when the values are those that stand there.
 * Rejects with NO_VALUE_HERE for a key path that the file does not have, SOPS_UNSUPPORTED and EDIT_REFUSED.
 */
export async function changeValues({ file, use, values }: UnlockedFile, newValues: readonly NewValue[], tools: Pick<SopsTools, 'now'>): Promise<SopsChange> {
  const { text } = file.document;
  const wanted = new Map(newValues.map((each) => [indexOf(values, each), each.value]));
  const changes = values.flatMap((each, index) => {
    const value = wanted.get(index);
    return value === undefined || sameValue(value, each.value, file.format) ? [] : [{ each, value }];
  });
  if (changes.length === 0) return { edits: [], text };
  await requireWritable(file.document, file.metadata.rule);
  for (const { each } of changes) requireEditable(file.document, each.leaf);
  const edits = changes.map(({ each, value }) => valueEdit(each, value, use));
  const changed = new Map(changes.map(({ each, value }) => [each, value]));
  const expected = values.map((each) => ({ value: changed.get(each) ?? each.value, selected: each.selected }));
  return verifiedChange(file, edits, sealMetadata(file.metadata, expected, use, tools.now()), expected, use, values);
}

function indexOf(values: readonly OpenedLeaf[], { document = 0, keyPath }: NewValue): number {
  const path = JSON.stringify(keyPath);
  const index = values.findIndex(({ leaf }) => leaf.document === document && JSON.stringify(leaf.keyPath) === path);
  if (index !== -1) return index;
  throw new KmsExplorerError('NO_VALUE_HERE', `The file has no value at ${describeKeyPath(keyPath)}.`);
}

function valueEdit({ leaf, selected }: OpenedLeaf, value: SopsValue, use: DataKeyUse): Edit {
  if (!selected || isEmptyValue(value)) return { ...leaf.range, text: leaf.writeValue(value) };
  const token = sealText(use, value.text, value.type, additionalDataOf(leaf.path));
  return { ...leaf.range, text: leaf.writeToken(token) };
}
