import type { Edit } from '../codec.ts';
import { openValue } from './file/openValues.ts';
import { isPlaintextByMistake, requireEditable, requireWritable, type RuledLeaf } from './file/sopsFile.ts';
import { unlock } from './file/unlock.ts';
import { sealMetadata, verifiedChange, type SopsChange } from './file/writeChange.ts';
import type { SopsFormat } from './sopsFormat.ts';
import type { SopsTools } from './sopsPorts.ts';
import { additionalDataOf, sealText } from './values/sealing.ts';

/**
 * Makes the MAC of a file anew after it was changed by something other than SOPS, as by a merge of two branches that
 * share a data key, and encrypts the values that were written by hand although the rule of the file selects them. What
 * the old MAC said is not looked at, so that the caller must have the user's word for the change; each ciphertext is
 * still authentic by itself. Rejects with SOPS_NO_KEY, SOPS_INVALID for a ciphertext of another data key or place,
 * SOPS_UNSUPPORTED, PARSE_ERROR and EDIT_REFUSED.
 */
export async function reseal(text: string, format: SopsFormat, tools: SopsTools): Promise<SopsChange> {
  const { file, use } = await unlock(text, format, tools);
  await requireWritable(file.document, file.metadata.rule);
  const values = file.values.map((each) => {
    const value = isPlaintextByMistake(each) ? each.leaf.value : openValue(file, each, use);
    return { value, selected: each.selected };
  });
  const encrypt = ({ leaf }: RuledLeaf): Edit => {
    requireEditable(file.document, leaf);
    const { type, text: plaintext } = leaf.value;
    return { ...leaf.range, text: leaf.writeToken(sealText(use, plaintext, type, additionalDataOf(leaf.path))) };
  };
  const edits = file.values.filter(isPlaintextByMistake).map(encrypt);
  return verifiedChange(file, edits, sealMetadata(file.metadata, values, use, tools.now()), values, use);
}
