import type { Edit } from '../codec.ts';
import { requireOnlyKms } from './keys/onlyKms.ts';
import { openComment, openItemComment } from './file/openComments.ts';
import { type OpenedLeaf } from './file/openValues.ts';
import { requireEditable, requireWritable, type SopsFile } from './file/sopsFile.ts';
import { unlockVerified } from './file/unlock.ts';
import { sealMetadata, verifiedChange, type SopsChange } from './file/writeChange.ts';
import { dataKeyLength, wrapDataKey } from './keys/dataKey.ts';
import { versionToWrite } from './metadata/writeMetadata.ts';
import type { SopsFormat } from './sopsFormat.ts';
import type { SopsTools } from './sopsPorts.ts';
import { additionalDataOf, sealText, type DataKeyUse } from './values/sealing.ts';

/**
 * Gives a file a new data key: every value and comment that is encrypted is encrypted anew, and the data key under
 * every KMS key of the file. Whoever had the old data key cannot read what is written from now on.
 * Rejects with SOPS_UNSUPPORTED when the file has keys of other kinds, which could not follow, and as reading does.
 */
export async function rotateDataKey(text: string, format: SopsFormat, tools: SopsTools): Promise<SopsChange> {
  const { file, use, values } = await unlockVerified(text, format, tools);
  const { metadata } = file;
  requireOnlyKms(metadata.groups, 'The data key cannot be rotated');
  await requireWritable(file.document, metadata.rule);
  const next: DataKeyUse = { crypto: tools.crypto, dataKey: tools.crypto.randomBytes(dataKeyLength) };
  const groups = await wrapDataKey(next.dataKey, metadata.groups, metadata.threshold, tools);
  const edits = [...values.flatMap((each) => valueEdits(file, each, next)), ...commentEdits(file, use, next)];
  const renewed = { ...metadata, groups, version: versionToWrite(metadata.version) };
  return verifiedChange(file, edits, sealMetadata(renewed, values, next, tools.now()), values, next);
}

function valueEdits({ document }: SopsFile, { leaf, selected, token, value }: OpenedLeaf, next: DataKeyUse): readonly Edit[] {
  if (!selected || token === undefined) return [];
  requireEditable(document, leaf);
  return [{ ...leaf.range, text: leaf.writeToken(sealText(next, value.text, value.type, additionalDataOf(leaf.path))) }];
}

/** Encrypted comments stay what they are: in their place, or as the list items that SOPS made of them. */
function commentEdits(file: SopsFile, use: DataKeyUse, next: DataKeyUse): readonly Edit[] {
  const inPlace = file.comments.flatMap((comment): readonly Edit[] => {
    const opened = openComment(file, comment, use);
    return opened === undefined ? [] : [{ ...comment.range, text: sealText(next, opened.text, 'comment', additionalDataOf(opened.path)) }];
  });
  const items = file.itemComments.map((comment): Edit => {
    const { leaf } = comment;
    const token = sealText(next, openItemComment(file, comment, use), 'comment', additionalDataOf(leaf.path));
    return { ...leaf.range, text: leaf.writeToken(token) };
  });
  return [...inPlace, ...items];
}
