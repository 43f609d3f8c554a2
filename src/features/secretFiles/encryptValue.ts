import * as vscode from 'vscode';
import type { DocumentPosition } from '../../contributions.ts';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import { recogniseCiphertext } from '../../core/secrets/ciphertextToken.ts';
import { replaceValue } from '../../core/secrets/transform.ts';
import { announceEncrypted } from '../shared/secrets/announce.ts';
import { applyEdits, assertWritable } from '../shared/secrets/applyEdits.ts';
import { encryptAll } from '../shared/secrets/encryptAll.ts';
import type { SecretParts } from '../shared/secrets/secretParts.ts';
import { valuesAt } from './valuesAt.ts';

/** Replaces values of a configuration file by the base64 of their ciphertext, in one undo step; all of them or none. */
export async function encryptValue(parts: SecretParts, position: DocumentPosition | undefined): Promise<void> {
  const { document, version, values } = await valuesAt(position);
  for (const { entry, place } of values) {
    if (recogniseCiphertext(entry.value) === undefined) continue;
    throw new KmsExplorerError('EDIT_REFUSED', vscode.l10n.t('{0} is encrypted already. Decrypt it first.', place));
  }
  await assertWritable(document);
  const texts = values.map(({ entry, place }) => ({ text: entry.value, place }));
  const { tokens, keyLabel } = await encryptAll(parts, texts, document.uri);
  const edits = values.map(({ entry }, index) => replaceValue(entry, tokens[index] ?? entry.value));
  await applyEdits(document, version, edits);
  announceEncrypted(edits.length, keyLabel);
}
