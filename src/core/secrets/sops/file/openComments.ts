import type { Edit } from '../../codec.ts';
import { lineOf, type SopsLeaf } from '../document/sopsDocument.ts';
import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { additionalDataOf, openBytes, textOfBytes, type DataKeyUse } from '../values/sealing.ts';
import type { SopsFile } from './sopsFile.ts';

/** The plaintext of a comment with the additional data it was found under. */
export interface OpenedComment {
  readonly text: string;
  readonly path: readonly string[];
}

/**
 * The plaintext of an encrypted comment. Its additional data is the path of the collection around it; where its place
 * does not tell that for certain, those of the values around it are tried from the nearest, and then all others.
 * Undefined when none fits, which SOPS takes as a comment that is not encrypted.
 */
export function openComment(file: SopsFile, comment: SopsFile['comments'][number], use: DataKeyUse): OpenedComment | undefined {
  const tried = new Set<string>();
  const open = (path: readonly string[]): OpenedComment | undefined => {
    const additionalData = additionalDataOf(path);
    if (tried.has(additionalData)) return undefined;
    tried.add(additionalData);
    const bytes = openBytes(use, comment.token, additionalData);
    const text = bytes && textOfBytes(bytes);
    return text === undefined ? undefined : { text, path };
  };
  const placed = comment.around && open(comment.around);
  if (placed !== undefined) return placed;
  const { leaves } = file.document;
  const next = leaves.findIndex((leaf) => leaf.range.offset > comment.range.offset);
  const middle = next === -1 ? leaves.length : next;
  const nearest = leaves
    .map((leaf, index) => ({ leaf, distance: Math.abs(index - middle + 0.5) }))
    .sort((a, b) => a.distance - b.distance);
  for (const { leaf } of nearest) {
    for (let length = leaf.path.length; length >= 0; length -= 1) {
      const opened = open(leaf.path.slice(0, length));
      if (opened !== undefined) return opened;
    }
  }
  return undefined;
}

/** The comment that SOPS made a list item of. Throws SOPS_INVALID when it cannot be decrypted. */
export function openItemComment(file: SopsFile, { leaf, token }: SopsFile['itemComments'][number], use: DataKeyUse): string {
  const bytes = openBytes(use, token, additionalDataOf(leaf.path));
  const text = bytes && textOfBytes(bytes);
  if (text !== undefined) return text;
  throw new KmsExplorerError('SOPS_INVALID', `The comment on line ${lineOf(file.document.text, leaf.range.offset)} cannot be decrypted: its ciphertext was changed or moved.`);
}

/** What makes comments in the clear of the encrypted ones, those that are items of a list among them. */
export function commentEdits(file: SopsFile, use: DataKeyUse): readonly Edit[] {
  const inPlace = file.comments.flatMap((comment): readonly Edit[] => {
    const opened = openComment(file, comment, use);
    return opened === undefined ? [] : [{ ...comment.range, text: oneLine(opened.text) }];
  });
  const sequenceOf = ({ document, keyPath }: SopsLeaf) => JSON.stringify([document, keyPath.slice(0, -1)]);
  const items = file.itemComments.flatMap((comment): readonly Edit[] => {
    const { leaf } = comment;
    if (leaf.blockItem === undefined) return [];
    const among = file.itemComments.filter((other) => sequenceOf(other.leaf) === sequenceOf(leaf));
    const isLastOfAll = among.length === leaf.blockItem.count && among.at(-1) === comment;
    return [leaf.blockItem.asComment(openItemComment(file, comment, use), isLastOfAll)];
  });
  return [...inPlace, ...items];
}

/** A comment as it stands on a line. */
export function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}
