import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { placeOf, lineOf } from '../document/sopsDocument.ts';
import { wholeSeconds } from '../values/goTime.ts';
import { computeMac, openMac, type HashedValue } from '../values/mac.ts';
import { additionalDataOf, openBytes, textOfBytes, valueOfBytes, type DataKeyUse } from '../values/sealing.ts';
import type { SopsValue } from '../values/sopsValue.ts';
import { isPlaintextByMistake, type RuledLeaf, type SopsFile } from './sopsFile.ts';

/** A value of an encrypted file with its plaintext. */
export interface OpenedLeaf extends RuledLeaf, HashedValue {
  readonly value: SopsValue;
}

/**
 * The plaintext of every value. Throws SOPS_INVALID with key path and line for a value that should be encrypted and is
 * not, and for one that does not belong to this data key or place.
 */
export function openValues(file: SopsFile, use: DataKeyUse): readonly OpenedLeaf[] {
  return file.values.map((each) => ({ ...each, value: openValue(file, each, use) }));
}

export function openValue(file: SopsFile, ruled: RuledLeaf, use: DataKeyUse): SopsValue {
  const { leaf, selected, token } = ruled;
  if (!selected || leaf.value.text === '') return leaf.value;
  // Counting lines takes a pass over the text, which only an error is worth.
  const place = () => placeOf(file.document.text, leaf);
  if (isPlaintextByMistake(ruled) || token === undefined) {
    throw invalid(`${place()} is not encrypted, although the rule of the file selects it. Encrypt it, or seal the file again.`);
  }
  const additionalData = additionalDataOf(leaf.path);
  const known = use.opened?.get(leaf.value.text);
  if (known?.additionalData === additionalData) return known.value;
  const bytes = openBytes(use, token, additionalData);
  if (bytes === undefined) {
    throw invalid(`${place()} cannot be decrypted: its ciphertext was changed, or moved here from another key or file.`);
  }
  const value = valueOfBytes(bytes, token.type);
  if (typeof value === 'string') throw invalid(`${place()} decrypts to bytes that are ${value}.`);
  use.opened?.set(leaf.value.text, { additionalData, value });
  return value;
}

function invalid(message: string): KmsExplorerError {
  return new KmsExplorerError('SOPS_INVALID', message);
}

/** The plaintext of a comment with the additional data it was found under. */
export interface OpenedComment {
  readonly text: string;
  readonly path: readonly string[];
}

/**
 * The plaintext of an encrypted comment. Its additional data is the path of the collection around it, which its place
 * does not tell for certain, so those of the values around it are tried from the nearest, and then all others.
 * Undefined when none fits, which SOPS takes as a comment that is not encrypted.
 */
export function openComment(file: SopsFile, comment: SopsFile['comments'][number], use: DataKeyUse): OpenedComment | undefined {
  const { leaves } = file.document;
  const next = leaves.findIndex((leaf) => leaf.range.offset > comment.range.offset);
  const middle = next === -1 ? leaves.length : next;
  const nearest = leaves
    .map((leaf, index) => ({ leaf, distance: Math.abs(index - middle + 0.5) }))
    .sort((a, b) => a.distance - b.distance);
  const tried = new Set<string>();
  for (const { leaf } of nearest) {
    for (let length = leaf.path.length; length >= 0; length -= 1) {
      const path = leaf.path.slice(0, length);
      const additionalData = additionalDataOf(path);
      if (tried.has(additionalData)) continue;
      tried.add(additionalData);
      const bytes = openBytes(use, comment.token, additionalData);
      const text = bytes && textOfBytes(bytes);
      if (text !== undefined) return { text, path };
    }
  }
  return undefined;
}

/** The comment that SOPS made a list item of. Throws SOPS_INVALID when it cannot be decrypted. */
export function openItemComment(file: SopsFile, { leaf, token }: SopsFile['itemComments'][number], use: DataKeyUse): string {
  const bytes = openBytes(use, token, additionalDataOf(leaf.path));
  const text = bytes && textOfBytes(bytes);
  if (text !== undefined) return text;
  throw invalid(`The comment on line ${lineOf(file.document.text, leaf.range.offset)} cannot be decrypted: its ciphertext was changed or moved.`);
}

/**
 * Throws SOPS_MAC_MISMATCH when the values are not those that the MAC was made of: one was changed, added, removed or
 * moved by something other than SOPS, or the MAC itself was. Each encrypted value has shown to be authentic before.
 */
export function requireMac(file: SopsFile, values: readonly HashedValue[], use: DataKeyUse): void {
  const { metadata } = file;
  const lastModified = macTime(metadata.lastModified);
  const mac = openMac(use, metadata.mac, lastModified);
  if (mac === computeMac(use, values, metadata.macOnlyEncrypted)) return;
  const reason =
    mac === undefined
      ? 'its MAC or the time of its last change was edited'
      : 'a value was changed, added, removed or moved without SOPS, as a merge does';
  throw new KmsExplorerError('SOPS_MAC_MISMATCH', `The file does not match its MAC: ${reason}. Check the values, then seal the file again.`);
}

/** The additional data of the MAC. */
export function macTime(lastModified: string): string {
  const time = wholeSeconds(lastModified);
  if (time !== undefined) return time;
  throw new KmsExplorerError('SOPS_INVALID', 'The lastmodified of the SOPS metadata is no time in RFC 3339.');
}
