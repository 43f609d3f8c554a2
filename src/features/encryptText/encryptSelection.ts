import { announceEncrypted } from '../shared/secrets/announce.ts';
import { applyEdits, assertWritable } from '../shared/secrets/applyEdits.ts';
import { encryptAll, type EncryptionTerms } from '../shared/secrets/encryptAll.ts';
import type { SecretParts } from '../shared/secrets/secretParts.ts';
import { selectedTexts } from './selectedTexts.ts';

/**
 * Replaces every selection by the base64 of its ciphertext, in one undo step; all of them or none. Those that are too
 * long for one KMS call become messages of the AWS Encryption SDK, and all do when the terms say so.
 */
export async function encryptSelection(parts: SecretParts, terms: EncryptionTerms = {}): Promise<void> {
  const { document, version, selections } = selectedTexts();
  await assertWritable(document);
  const { tokens, keyLabel } = await encryptAll(parts, selections, document.uri, terms);
  const edits = selections.map(({ offset, text }, index) => ({ offset, length: text.length, text: tokens[index] ?? text }));
  await applyEdits(document, version, edits);
  announceEncrypted(edits.length, keyLabel, parts.state);
}
