import * as vscode from 'vscode';

/** How long a copied secret stays on the clipboard, in milliseconds. */
const clipboardLife = 45_000;

/** Copies a secret, and takes it off the clipboard again after a while if it is still there. */
export async function copyForAWhile(secret: string, milliseconds = clipboardLife): Promise<void> {
  await vscode.env.clipboard.writeText(secret);
  setTimeout(() => {
    void clearIfStill(secret);
  }, milliseconds);
}

async function clearIfStill(secret: string): Promise<void> {
  if ((await vscode.env.clipboard.readText()) === secret) await vscode.env.clipboard.writeText('');
}
