import * as vscode from 'vscode';

/** Long enough to be read, short enough not to be in the way. In milliseconds. */
const shownFor = 6000;

/** Remembers that the user was told where a plaintext may be left. */
const toldKey = 'toldAboutRemainingPlaintext';

/** Says in the status bar that texts were encrypted, and under which key; the first time also where plaintext may be left. */
export function announceEncrypted(count: number, keyLabel: string, state: vscode.Memento): void {
  const message =
    count === 1
      ? vscode.l10n.t('$(lock) Encrypted under {0}', keyLabel)
      : vscode.l10n.t('$(lock) {0} values encrypted under {1}', count, keyLabel);
  vscode.window.setStatusBarMessage(message, shownFor);
  tellOnceWherePlaintextStays(state);
}

/** Says once where the plaintext may still be found that was encrypted in place. */
export function tellOnceWherePlaintextStays(state: vscode.Memento): void {
  if (state.get<boolean>(toldKey, false)) return;
  void state.update(toldKey, true);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The plaintext that was encrypted may still be found: undo brings it back while the file is open, and if the file was saved with it, git and the local history of VS Code may have a copy. Delete what should not stay. This is said once.',
    ),
  );
}

/** Says in the status bar that the document now holds plaintext. */
export function announceDecrypted(count: number): void {
  const message =
    count === 1
      ? vscode.l10n.t('$(unlock) Decrypted: the file holds the plaintext now')
      : vscode.l10n.t('$(unlock) {0} values decrypted: the file holds their plaintext now', count);
  vscode.window.setStatusBarMessage(message, shownFor);
}
