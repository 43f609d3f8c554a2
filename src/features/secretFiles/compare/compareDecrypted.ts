import * as vscode from 'vscode';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import type { ReadOnlyDocuments } from '../readOnlyDocuments.ts';
import { sopsToolsFrom } from '../sops/sopsKeys.ts';
import { activeDocument, fileNameOf } from '../values/secretFile.ts';
import { decryptedText } from './decryptedText.ts';
import { textAtHead } from './gitHead.ts';

/**
 * Shows what differs between the active editor's file and the last commit, both decrypted, in two read-only documents
 * of which nothing is written. Rejects with UNSUPPORTED_FILE when there is nothing to compare with, and as decrypting does.
 */
export async function compareDecrypted(parts: SecretParts, documents: ReadOnlyDocuments): Promise<void> {
  const document = activeDocument();
  const now = document.getText();
  const head = await textAtHead(document.uri);
  // Both versions mostly have the same data key, which is decrypted once.
  const tools = sopsToolsFrom(() => parts.connection.keyService());
  const before = await decryptedText(parts, document, head, tools);
  const after = await decryptedText(parts, document, now, tools);
  const name = vscode.l10n.t('{0} (decrypted)', fileNameOf(document));
  await documents.compare(vscode.l10n.t('{0}: HEAD and now, decrypted', fileNameOf(document)), name, [before, after], document.languageId);
}
