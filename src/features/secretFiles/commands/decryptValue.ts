import * as vscode from 'vscode';
import type { DocumentPosition } from '../../../contributions.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { encryptedValues } from '../../../core/secrets/detect/selectValues.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { decryptValues } from '../values/decryptValues.ts';
import { activeDocument, fileNameOf, locate, readSecretFile, type LocatedValue, type SecretFile } from '../values/secretFile.ts';
import { valuesAt } from '../values/valuesAt.ts';
import { isSopsDocument } from '../sops/sopsDocument.ts';
import { decryptSopsFile } from '../sops/sopsFileCommands.ts';

/** Replaces encrypted values of a configuration file by their texts, in one undo step; all of them or none. */
export async function decryptValue(parts: SecretParts, position: DocumentPosition | undefined): Promise<void> {
  const { file, values } = await valuesAt(position);
  await decryptValues(parts, file, values);
}

/** Replaces every encrypted value of the active editor's file by its text. */
export async function decryptAllValues(parts: SecretParts): Promise<void> {
  const document = activeDocument();
  if (isSopsDocument(document)) {
    await decryptSopsFile(parts);
    return;
  }
  const file = await readSecretFile(document);
  await decryptValues(parts, file, encryptedIn(file));
}

/** Every value that can be decrypted in place. Throws NO_VALUE_HERE when there is none. */
export function encryptedIn(file: SecretFile): readonly LocatedValue[] {
  const values = encryptedValues(file.entries, file.markers).map(({ entry }) => locate(file.document, entry));
  if (values.length > 0) return values;
  throw new KmsExplorerError('NO_VALUE_HERE', vscode.l10n.t('{0} has no value that KMS could decrypt by itself.', fileNameOf(file.document)));
}
