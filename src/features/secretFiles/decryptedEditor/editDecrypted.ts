import * as vscode from 'vscode';
import { decryptedEditorViewType } from '../../../contributions.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { isSopsDocument } from '../sops/sopsDocument.ts';
import { activeDocument, fileNameOf } from '../values/secretFile.ts';

/** Opens the active editor's file, which SOPS encrypted, in the editor that shows it decrypted. Throws SOPS_INVALID and EDIT_REFUSED. */
export async function editDecrypted(): Promise<void> {
  const document = activeDocument();
  if (!isSopsDocument(document)) {
    throw new KmsExplorerError('SOPS_INVALID', vscode.l10n.t('{0} is not encrypted by SOPS. Use "KMS: SOPS: Encrypt File" first.', fileNameOf(document)));
  }
  if (document.isDirty || document.isUntitled) {
    throw new KmsExplorerError('EDIT_REFUSED', vscode.l10n.t('{0} has unsaved changes. Save it, then edit it decrypted.', fileNameOf(document)));
  }
  await vscode.commands.executeCommand('vscode.openWith', document.uri, decryptedEditorViewType);
}
