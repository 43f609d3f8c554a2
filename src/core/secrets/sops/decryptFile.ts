import type { Edit } from '../codec.ts';
import { applyEditsTo } from '../transform.ts';
import { commentEdits } from './file/openComments.ts';
import type { OpenedLeaf } from './file/openValues.ts';
import { unlockVerified } from './file/unlock.ts';
import { holds, unreadable, type SopsChange } from './file/writeChange.ts';
import { readSopsDocument, type SopsFormat } from './sopsFormat.ts';
import type { SopsTools } from './sopsPorts.ts';

/**
 * The plaintext of a whole file: every value decrypted in its place, with its type, and the `sops` part taken out.
 * Comments, order and layout stay. The MAC is checked first. Rejects with SOPS_MAC_MISMATCH, SOPS_NO_KEY,
 * SOPS_INVALID, PARSE_ERROR, and EDIT_REFUSED when the format cannot hold a value in the clear.
 */
export async function decryptFile(
  text: string,
  format: Exclude<SopsFormat, 'binary'>,
  tools: Pick<SopsTools, 'keys' | 'crypto'>,
): Promise<SopsChange> {
  const { file, use, values } = await unlockVerified(text, format, tools);
  const edits = [...values.flatMap(valueEdit), ...commentEdits(file, use), ...file.document.removeMetadata()];
  const plaintext = applyEditsTo(text, edits);
  await requireSame(plaintext, format, values);
  return { edits, text: plaintext };
}

function valueEdit({ leaf, selected, token, value }: OpenedLeaf): readonly Edit[] {
  return selected && token !== undefined ? [{ ...leaf.range, text: leaf.writeValue(value) }] : [];
}

/** Reads the plaintext back. Formats that have text alone cannot keep a type, as SOPS cannot. */
async function requireSame(plaintext: string, format: SopsFormat, values: readonly OpenedLeaf[]): Promise<void> {
  const isTyped = format === 'yaml' || format === 'json';
  const expected = values.map(({ value }) => ({ value: value.type === 'bytes' ? { ...value, type: 'str' as const } : value }));
  try {
    const { leaves } = await readSopsDocument(plaintext, format);
    const isSame = isTyped
      ? holds(leaves, expected, format)
      : leaves.length === expected.length && leaves.every(({ value }, at) => expected[at]?.value.type !== 'str' || value.text === expected[at].value.text);
    if (!isSame) throw new Error('The values differ.');
  } catch (error) {
    throw unreadable(error);
  }
}
