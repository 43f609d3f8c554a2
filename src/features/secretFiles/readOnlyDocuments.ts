import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * Documents that exist in an editor only: nothing of them is written to a disk, not even as a backup, because nobody can
 * change them. The text is forgotten as soon as its last tab is closed, although VS Code may keep the document for a while.
 */
export class ReadOnlyDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #scheme: string;
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.length > 0) this.#forgetClosed();
      }),
    );
  }

  /** Shows a text under a name, in a language of VS Code. */
  async show(name: string, text: string, languageId: string): Promise<vscode.TextDocument> {
    const document = await this.#open(name, text, languageId);
    await vscode.window.showTextDocument(document, { preview: false });
    return document;
  }

  /** Shows two texts beside each other under a title, with what differs. */
  async compare(title: string, name: string, [left, right]: readonly [left: string, right: string], languageId: string): Promise<void> {
    const [one, other] = [await this.#open(name, left, languageId), await this.#open(name, right, languageId)];
    await vscode.commands.executeCommand('vscode.diff', one.uri, other.uri, title, { preview: false });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? vscode.l10n.t('This view was closed and its text forgotten. Run the command again.');
  }

  dispose(): void {
    this.#texts.clear();
    this.#subscriptions.dispose();
  }

  async #open(name: string, text: string, languageId: string): Promise<vscode.TextDocument> {
    const uri = vscode.Uri.from({ scheme: this.#scheme, path: `/${name}`, query: randomUUID() });
    this.#texts.set(uri.toString(), text);
    const document = await vscode.workspace.openTextDocument(uri);
    return vscode.languages.setTextDocumentLanguage(document, languageId);
  }

  #forgetClosed(): void {
    const open = new Set(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(({ input }) => urisOf(input))));
    for (const key of [...this.#texts.keys()].filter((each) => !open.has(each))) {
      this.#texts.delete(key);
      this.#changed.fire(vscode.Uri.parse(key, true));
    }
  }
}

function urisOf(input: unknown): readonly string[] {
  if (input instanceof vscode.TabInputText) return [input.uri.toString()];
  return input instanceof vscode.TabInputTextDiff ? [input.original.toString(), input.modified.toString()] : [];
}
