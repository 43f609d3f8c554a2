import * as vscode from 'vscode';
import { applyEditsTo, replaceValue } from '../../../core/secrets/transform.ts';
import { decryptAll } from '../../shared/secrets/decryptAll.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import type { ReadOnlyDocuments } from '../readOnlyDocuments.ts';
import { activeDocument, fileNameOf, readSecretFile } from '../values/secretFile.ts';
import { tokenIn } from '../values/tokenIn.ts';
import { encryptedIn } from './decryptValue.ts';
import { isSopsDocument } from '../sops/sopsDocument.ts';
import { peekSopsFile } from '../sops/sopsFileCommands.ts';

/** Shows the active editor's file with all its values decrypted, in a read-only editor of which nothing is written. */
export async function peekDecrypted(parts: SecretParts, documents: ReadOnlyDocuments): Promise<void> {
  const document = activeDocument();
  if (isSopsDocument(document)) {
    await peekSopsFile(parts, document, documents);
    return;
  }
  const file = await readSecretFile(document);
  const values = encryptedIn(file);
  const decrypted = await decryptAll(parts, values.map((value) => tokenIn(file, value)), file.document.uri);
  const edits = values.map(({ entry }, index) => replaceValue(entry, decrypted[index]?.text ?? entry.value));
  const name = vscode.l10n.t('{0} (decrypted)', fileNameOf(file.document));
  await documents.show(name, applyEditsTo(file.text, edits), file.document.languageId);
}
