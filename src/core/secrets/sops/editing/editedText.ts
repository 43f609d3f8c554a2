import { KmsExplorerError } from '../../../kms/errorCode.ts';
import type { Edit } from '../../codec.ts';
import { applyEditsTo } from '../../transform.ts';
import { sealedBefore, type IvStore } from '../file/ivStore.ts';
import { openValue, type OpenedLeaf } from '../file/openValues.ts';
import { commentEdits } from '../file/openComments.ts';
import { applyRule, readFile, requireEditable, requireWritable, type RuledLeaf, type SopsFile } from '../file/sopsFile.ts';
import { unlockVerified } from '../file/unlock.ts';
import { sealMetadata, verifiedChange, type ExpectedValue } from '../file/writeChange.ts';
import type { SopsDocument } from '../document/sopsDocument.ts';
import { readSopsDocument, type SopsFormat } from '../sopsFormat.ts';
import type { SopsTools } from '../sopsPorts.ts';
import { additionalDataOf, sealText } from '../values/sealing.ts';
import { isEmptyValue, sameValue } from '../values/sopsValue.ts';
import { restoreEdits } from './restoreEdits.ts';
import { holdsComments, sealComments, showsComments } from './sealComments.ts';

type TextFormat = Exclude<SopsFormat, 'binary'>;

/** A file as it is edited: values and comments in the clear, the `sops` part taken out. */
export interface EditableText {
  /** What makes `text` of the encrypted text. */
  readonly edits: readonly Edit[];
  readonly text: string;
}

/**
 * The text of an encrypted file for somebody to edit. Rejects with SOPS_MAC_MISMATCH, SOPS_NO_KEY, SOPS_INVALID, PARSE_ERROR, and
 * EDIT_REFUSED when the format cannot hold a value in the clear.
 */
export async function openForEditing(stored: string, format: TextFormat, tools: Pick<SopsTools, 'keys' | 'crypto'>): Promise<EditableText> {
  const { file, use, values } = await unlockVerified(stored, format, tools);
  const comments = showsComments(format, file.metadata.rule) ? commentEdits(file, use) : [];
  const edits = [...values.flatMap(valueEdit), ...comments, ...file.document.removeMetadata()];
  return { edits, text: applyEditsTo(stored, edits) };
}

function valueEdit({ leaf, selected, token, value }: OpenedLeaf): readonly Edit[] {
  return selected && token !== undefined ? [{ ...leaf.range, text: leaf.writeValue(value) }] : [];
}

/**
 * Encrypts an edited text again: `stored` is the encrypted text it was opened from. Every line that was left alone
 * keeps its bytes, values and comments that are the same keep their ciphertext, new comments are encrypted where SOPS has
 * encrypted the others, and the `sops` part gets a new MAC and time alone.
 * The result was read back. Nothing changes when the text does not. Rejects with PARSE_ERROR, whose place is one of
 * `edited`, SOPS_UNSUPPORTED, SOPS_INVALID, EDIT_REFUSED, SOPS_MAC_MISMATCH and SOPS_NO_KEY.
 */
export async function sealEdited(edited: string, stored: string, format: TextFormat, tools: SopsTools): Promise<string> {
  const plain = await readSopsDocument(edited, format);
  if (plain.metadata !== undefined) throw new KmsExplorerError('SOPS_INVALID', 'The edited text has a sops part of its own, which SOPS keeps for itself. Remove it.');
  const opened = await openForEditing(stored, format, tools);
  if (opened.text === edited) return stored;
  const store = await sealedBefore(stored, format, tools);
  const restored = restoreEdits(stored, opened.edits, opened.text, edited);
  const target = { store, stored: await readFile(stored, format), format, plain, tools };
  return (await sealDocument(target, await readRestored(restored, format, store))) ?? (await sealDocument(target, plain)) ?? unreadableTokens();
}

/** The text with what was restored, provided the `sops` part is among it and as it was. */
async function readRestored(text: string, format: TextFormat, { metadata }: IvStore): Promise<SopsDocument | undefined> {
  try {
    const document = await readSopsDocument(text, format);
    return JSON.stringify(document.metadata) === JSON.stringify(metadata.source) ? document : undefined;
  } catch {
    return undefined;
  }
}

interface SealTarget {
  readonly store: IvStore;
  /** The encrypted file as it was. */
  readonly stored: SopsFile;
  readonly format: TextFormat;
  /** The edited text as it was written. */
  readonly plain: SopsDocument;
  readonly tools: SopsTools;
}

/** Encrypts what is in the clear in a document; undefined when its values are not those of the edited text. */
async function sealDocument({ store, stored, format, plain, tools }: SealTarget, document: SopsDocument | undefined): Promise<string | undefined> {
  if (document === undefined) return undefined;
  const { metadata, use } = store;
  await requireWritable(document, metadata.rule);
  const ruled = await applyRule(document, metadata.rule, true);
  const file: SopsFile = { format, document, metadata, values: ruled.filter((each) => !isItemComment(format, each)), comments: [], itemComments: [] };
  const values = file.values.map((each): ExpectedValue => ({ value: inTheClear(each) ? each.leaf.value : openValue(file, each, use), selected: each.selected }));
  const wanted = (await applyRule(plain, metadata.rule, true)).filter((each) => !isItemComment(format, each));
  if (!isSameFile(format, file.values, values, wanted)) return undefined;
  const edits = file.values.filter((each) => each.selected && inTheClear(each) && !isEmptyValue(each.leaf.value)).map(({ leaf }): Edit => {
    requireEditable(document, leaf);
    const additionalData = additionalDataOf(leaf.path);
    const before = store.tokenFor(leaf.value, additionalData);
    return { ...leaf.range, text: leaf.writeToken(sealText(use, leaf.value.text, before?.type ?? leaf.value.type, additionalData, before?.iv)) };
  });
  const comments = await sealComments(document, stored, use);
  const { text } = await verifiedChange(file, [...edits, ...comments], sealMetadata(metadata, values, use, tools.now()), values, use);
  return !showsComments(format, metadata.rule) || (await holdsComments(text, plain, format, use)) ? text : undefined;
}

function inTheClear({ selected, token }: RuledLeaf): boolean {
  return !selected || token === undefined;
}

/** A comment of a YAML sequence, which SOPS writes as an item; it is no value, and no part of the MAC. */
function isItemComment(format: TextFormat, { leaf, selected, token }: RuledLeaf): boolean {
  return format === 'yaml' && selected && token?.type === 'comment' && typeof leaf.keyPath.at(-1) === 'number';
}

/** The formats that have text alone lose the types that values were given by hand, which is no change of theirs. */
function isSameFile(format: TextFormat, restored: readonly RuledLeaf[], values: readonly ExpectedValue[], wanted: readonly RuledLeaf[]): boolean {
  const isTyped = format === 'yaml' || format === 'json';
  const pathOf = ({ leaf }: RuledLeaf) => JSON.stringify([leaf.document, leaf.keyPath]);
  return restored.length === wanted.length && wanted.every((each, index) => {
    const [other, value] = [restored[index], values[index]?.value];
    if (other === undefined || value === undefined || pathOf(other) !== pathOf(each)) return false;
    if (!inTheClear(each) || (!isTyped && value.type !== 'str')) return true;
    return sameValue(value.type === 'bytes' ? { ...value, type: 'str' } : value, each.leaf.value, format);
  });
}

function unreadableTokens(): never {
  throw new KmsExplorerError('EDIT_REFUSED', 'What would be written does not hold the edited values, so the file is left as it is.');
}
