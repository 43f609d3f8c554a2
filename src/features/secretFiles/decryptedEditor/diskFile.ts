import * as vscode from 'vscode';
import { plaintextText } from '../../../core/secrets/transform.ts';

export function nameOf({ path }: vscode.Uri): string {
  return path.split('/').at(-1) ?? path;
}

/** The text of a file as it is on the disk, with its byte order mark. Rejects with NOT_TEXT, and as the file system does. */
export async function readText(uri: vscode.Uri): Promise<string> {
  return plaintextText(await vscode.workspace.fs.readFile(uri), nameOf(uri));
}

export async function writeText(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

/** Tells when something else may have changed a file. */
export function watchFile(uri: vscode.Uri, onChange: () => void): vscode.Disposable {
  const name = nameOf(uri).replace(/[*?[\]{}]/g, '[$&]');
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name), false, false, true);
  return vscode.Disposable.from(watcher, watcher.onDidChange(onChange), watcher.onDidCreate(onChange));
}
