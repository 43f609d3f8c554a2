import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { sopsFormatOf, type SopsFormat } from '../../../core/secrets/sops/sopsFormat.ts';
import { mayHoldValueToken } from '../../../core/secrets/sops/values/valueToken.ts';
import type { SopsOperations } from '../../../core/secrets/sopsOperations.ts';
import { fileNameOf } from '../values/secretFile.ts';

/** The formats whose values stand in the text one by one. */
export type TextFormat = Exclude<SopsFormat, 'binary'>;

/** Whether a document is a file that SOPS encrypted; costs one pass. */
export function isSopsDocument(document: vscode.TextDocument): boolean {
  return isSopsText(document.getText());
}

export function isSopsText(text: string): boolean {
  return mayHoldValueToken(text) && text.includes('sops');
}

export function sopsFormat(document: vscode.TextDocument): SopsFormat {
  return sopsFormatOf(fileNameOf(document));
}

/**
 * The format of a file that is to be changed in its editor. Throws SOPS_UNSUPPORTED for one that SOPS takes for binary
 * by its name, and for one with a byte order mark, which VS Code hides and SOPS reads as text.
 */
export async function textFormat(document: vscode.TextDocument): Promise<TextFormat> {
  const format = sopsFormat(document);
  if (format === 'binary') {
    throw new KmsExplorerError(
      'SOPS_UNSUPPORTED',
      vscode.l10n.t('SOPS takes {0} for a binary file by its name; only .yaml, .yml, .json, .env and .ini files are changed in place. Use sops itself.', fileNameOf(document)),
    );
  }
  if (format !== 'yaml' && (await hasByteOrderMark(document.uri))) {
    throw new KmsExplorerError('SOPS_UNSUPPORTED', vscode.l10n.t('{0} begins with a byte order mark, which SOPS reads as a part of the text. Save it as UTF-8 without one first.', fileNameOf(document)));
  }
  return format;
}

async function hasByteOrderMark(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === 'untitled') return false;
  const bytes = await vscode.workspace.fs.readFile(uri);
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** SOPS itself, which is loaded with its first use. */
export async function loadSops(): Promise<SopsOperations> {
  return (await import('../../../core/secrets/sopsOperations.ts')).sopsOperations;
}
