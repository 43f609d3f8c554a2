import * as vscode from 'vscode';
import { readSetting } from '../../shared/readSetting.ts';
import { isSopsDocument } from '../sops/sopsDocument.ts';
import { fileSchemes } from './parsedDocument.ts';

/**
 * A lock behind the names of SOPS files in the explorer, the tabs and the outline. Files are told apart when they are
 * opened or saved; no file is read for it.
 */
export class SopsBadges implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri | undefined>();
  readonly #files = new Set<string>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor() {
    const look = (document: vscode.TextDocument) => { this.#look(document); };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.window.registerFileDecorationProvider(this),
      vscode.workspace.onDidOpenTextDocument(look),
      vscode.workspace.onDidSaveTextDocument(look),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kmsExplorer.fileBadges.enabled')) this.#changed.fire(undefined);
      }),
    );
    vscode.workspace.textDocuments.forEach(look);
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (!this.#files.has(uri.toString()) || !readSetting('kmsExplorer.fileBadges.enabled', uri)) return undefined;
    return new vscode.FileDecoration('🔒', vscode.l10n.t('Encrypted by SOPS'));
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #look(document: vscode.TextDocument): void {
    const { uri } = document;
    if (document.isUntitled || !fileSchemes.includes(uri.scheme)) return;
    const key = uri.toString();
    const isSops = isSopsDocument(document);
    if (isSops === this.#files.has(key)) return;
    if (isSops) this.#files.add(key);
    else this.#files.delete(key);
    this.#changed.fire(uri);
  }
}
