import * as vscode from 'vscode';

/** Long enough to be read, short enough not to be in the way. In milliseconds. */
const shownFor = 6000;

/** Says in the status bar that texts were encrypted, and under which key. */
export function announceEncrypted(count: number, keyLabel: string): void {
  const message =
    count === 1
      ? vscode.l10n.t('$(lock) Encrypted under {0}', keyLabel)
      : vscode.l10n.t('$(lock) {0} values encrypted under {1}', count, keyLabel);
  vscode.window.setStatusBarMessage(message, shownFor);
}

/** Says in the status bar that the document now holds plaintext. */
export function announceDecrypted(count: number): void {
  const message =
    count === 1
      ? vscode.l10n.t('$(unlock) Decrypted: the file holds the plaintext now')
      : vscode.l10n.t('$(unlock) {0} values decrypted: the file holds their plaintext now', count);
  vscode.window.setStatusBarMessage(message, shownFor);
}
