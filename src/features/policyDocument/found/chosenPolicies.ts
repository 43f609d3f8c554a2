import * as vscode from 'vscode';
import { findPolicies } from './findPolicies.ts';

/** Files of any name that the user has called key policies: they get the same help, for as long as they are open. */
export class ChosenPolicies implements vscode.Disposable {
  readonly #help: (selector: vscode.DocumentSelector) => vscode.Disposable;
  readonly #providers = new Map<string, vscode.Disposable>();
  readonly #chosen = new vscode.EventEmitter<vscode.Uri>();
  readonly #closing: vscode.Disposable;
  /** Fires when a file that is open is a key policy from now on. */
  readonly onDidChoose = this.#chosen.event;

  constructor(help: (selector: vscode.DocumentSelector) => vscode.Disposable) {
    this.#help = help;
    this.#closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      this.#providers.get(uri.toString())?.dispose();
      this.#providers.delete(uri.toString());
    });
  }

  has(uri: vscode.Uri): boolean {
    return this.#providers.has(uri.toString());
  }

  /** Looks for key policies in the workspace, and opens the one that the user picks. */
  async find(): Promise<void> {
    const location = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Looking for key policies'), cancellable: true };
    const found = await vscode.window.withProgress(location, (_progress, token) => findPolicies(token));
    if (found.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No JSON file of the workspace holds a key policy.'));
      return;
    }
    const rows = found.map(({ uri, part }) => ({ label: vscode.workspace.asRelativePath(uri), description: part.path.join(' › '), uri, part }));
    const picked = await vscode.window.showQuickPick(rows, { title: vscode.l10n.t('KMS: Find Key Policies'), matchOnDescription: true, placeHolder: vscode.l10n.t('Open a file with the help of the policy editor') });
    if (picked !== undefined) await this.open(picked.uri, picked.part.offset);
  }

  /** Opens the file at a policy of it, given by its offset in characters. */
  async open(uri: vscode.Uri, offset: number): Promise<void> {
    const editor = await vscode.window.showTextDocument(uri, { preview: false });
    const start = editor.document.positionAt(offset);
    editor.selection = new vscode.Selection(start, start);
    editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    if (this.has(uri)) return;
    const name = (uri.path.split('/').at(-1) ?? '').replaceAll(/[[\]{}*?]/g, '[$&]');
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name);
    this.#providers.set(uri.toString(), this.#help([{ scheme: uri.scheme, pattern }]));
    this.#chosen.fire(uri);
  }

  dispose(): void {
    this.#closing.dispose();
    this.#chosen.dispose();
    for (const provider of this.#providers.values()) provider.dispose();
  }
}
