import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { placeOf } from '../document/sopsDocument.ts';
import { wholeSeconds } from '../values/goTime.ts';
import { computeMac, openMac, type HashedValue } from '../values/mac.ts';
import { additionalDataOf, openBytes, valueOfBytes, type DataKeyUse } from '../values/sealing.ts';
import type { SopsValue } from '../values/sopsValue.ts';
import { isPlaintextByMistake, type RuledLeaf, type SopsFile } from './sopsFile.ts';

/** A value of an encrypted file with its plaintext. */
export interface OpenedLeaf extends RuledLeaf, HashedValue {
  readonly value: SopsValue;
}

/**
 * The plaintext of every value. `known` has values that were opened with the same key already, each at the number that it
 * has in this file if it did not move; they need not be opened again. Throws SOPS_INVALID with key path and line for a value that should be encrypted and is
 * not, and for one that does not belong to this data key or place.
 */
export function openValues(file: SopsFile, use: DataKeyUse, known: readonly OpenedLeaf[] = []): readonly OpenedLeaf[] {
  return file.values.map((each, index): OpenedLeaf => {
    const { leaf, selected, token } = each;
    const before = known[index];
    const value = before !== undefined && isSameToken(before, each) ? before.value : openValue(file, each, use);
    return { leaf, selected, token, value };
  });
}

/** Whether a value has the ciphertext and the place of another that was opened, so that it is the same. */
function isSameToken(before: OpenedLeaf, { leaf, selected }: RuledLeaf): boolean {
  const { path, value } = before.leaf;
  return before.selected && selected && value.text === leaf.value.text && path.length === leaf.path.length && path.every((key, index) => key === leaf.path[index]);
}

export function openValue(file: SopsFile, ruled: RuledLeaf, use: DataKeyUse): SopsValue {
  const { leaf, selected, token } = ruled;
  if (!selected || leaf.value.text === '') return leaf.value;
  if (isPlaintextByMistake(ruled) || token === undefined) {
    throw invalid(`${placeOf(file.document.text, leaf)} is not encrypted, although the rule of the file selects it. Encrypt it, or seal the file again.`);
  }
  const bytes = openBytes(use, token, additionalDataOf(leaf.path));
  if (bytes === undefined) {
    throw invalid(`${placeOf(file.document.text, leaf)} cannot be decrypted: its ciphertext was changed, or moved here from another key or file.`);
  }
  const value = valueOfBytes(bytes, token.type);
  if (typeof value === 'string') throw invalid(`${placeOf(file.document.text, leaf)} decrypts to bytes that are ${value}.`);
  return value;
}

function invalid(message: string): KmsExplorerError {
  return new KmsExplorerError('SOPS_INVALID', message);
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
