import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { Edit } from '../../../core/secrets/codec.ts';

/**
 * Changes a document as one undo step, provided it still is what the edits were made for: `version` is the document's
 * version then. Rejects with DOCUMENT_CHANGED, READ_ONLY_DOCUMENT or EDIT_REFUSED, and then nothing is written.
 */
export async function applyEdits(document: vscode.TextDocument, version: number, edits: readonly Edit[]): Promise<void> {
  await assertWritable(document);
  if (document.isClosed || document.version !== version) throw documentChanged(document);
  const change = new vscode.WorkspaceEdit();
  const replacements = edits.map(({ offset, length, text }) => {
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
    return vscode.TextEdit.replace(range, text);
  });
  change.set(document.uri, replacements);
  // VS Code itself refuses an edit of an older version than the one in the editor.
  if (await vscode.workspace.applyEdit(change)) return;
  throw document.version === version
    ? new KmsExplorerError('EDIT_REFUSED', vscode.l10n.t('VS Code refused to change {0}. Nothing was written.', nameOf(document)))
    : documentChanged(document);
}

/** Rejects with READ_ONLY_DOCUMENT when the document cannot be saved, so that nothing is asked of KMS for it. */
export async function assertWritable(document: Pick<vscode.TextDocument, 'uri'>): Promise<void> {
  if (await isWritable(document)) return;
  throw new KmsExplorerError(
    'READ_ONLY_DOCUMENT',
    vscode.l10n.t('{0} is read-only. Make the file writable or work on a copy. Nothing was written.', nameOf(document)),
  );
}

/** Documents that VS Code itself keeps: a new file without a name, and a cell, which is saved with its notebook. */
const keptByEditor = ['untitled', 'vscode-notebook-cell'];

async function isWritable({ uri }: Pick<vscode.TextDocument, 'uri'>): Promise<boolean> {
  if (keptByEditor.includes(uri.scheme)) return true;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) return false;
  try {
    if (uri.scheme === 'file') return await isWritableFile(uri.fsPath);
    const { permissions } = await vscode.workspace.fs.stat(uri);
    return ((permissions ?? 0) & vscode.FilePermission.Readonly) === 0;
  } catch (error) {
    // A document whose file is gone is saved as a new one.
    return !(error instanceof Error && 'code' in error && error.code === 'EACCES');
  }
}

/** VS Code's own stat does not tell a write-protected file; a superuser may write to one, but did not mean to. */
async function isWritableFile(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & 0o222) === 0) return false;
  try {
    await access(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function documentChanged(document: vscode.TextDocument): KmsExplorerError {
  return new KmsExplorerError(
    'DOCUMENT_CHANGED',
    vscode.l10n.t('{0} changed while KMS answered. Nothing was written; run the command again.', nameOf(document)),
  );
}

function nameOf(document: Pick<vscode.TextDocument, 'uri'>): string {
  return document.uri.path.split('/').at(-1) ?? document.uri.path;
}
