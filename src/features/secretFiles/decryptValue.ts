import * as vscode from 'vscode';
import type { DocumentPosition } from '../../contributions.ts';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import { recogniseCiphertext } from '../../core/secrets/ciphertextToken.ts';
import { replaceValue } from '../../core/secrets/transform.ts';
import { announceDecrypted } from '../shared/secrets/announce.ts';
import { applyEdits, assertWritable } from '../shared/secrets/applyEdits.ts';
import { decryptAll } from '../shared/secrets/decryptAll.ts';
import type { SecretParts } from '../shared/secrets/secretParts.ts';
import { valuesAt, type LocatedValue } from './valuesAt.ts';

/** Replaces encrypted values of a configuration file by their texts, in one undo step; all of them or none. */
export async function decryptValue(parts: SecretParts, position: DocumentPosition | undefined): Promise<void> {
  const { document, version, values } = await valuesAt(position);
  const items = values.map((value) => ({ ...value, token: tokenOf(value) }));
  await assertWritable(document);
  const texts = await decryptAll(parts, items, document.uri);
  const edits = items.map(({ entry }, index) => replaceValue(entry, texts[index] ?? entry.value));
  await applyEdits(document, version, edits);
  announceDecrypted(edits.length);
}

function tokenOf({ entry, place }: LocatedValue) {
  const token = recogniseCiphertext(entry.value);
  if (token !== undefined) return token;
  throw new KmsExplorerError('NOT_CIPHERTEXT', vscode.l10n.t('{0} is no KMS ciphertext, so there is nothing to decrypt.', place));
}
