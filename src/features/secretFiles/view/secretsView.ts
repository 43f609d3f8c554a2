import * as vscode from 'vscode';
import { secretsViewId } from '../../../contributions.ts';
import { learnedKey } from '../../shared/secrets/learnedKeys.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { setContextKey } from '../../shared/setContextKey.ts';
import { groupSecrets, type SecretGroup } from './groupSecrets.ts';
import { scanFile, scanWorkspace, type FoundSecret } from './scanWorkspace.ts';
import { groupItem, secretItem } from './secretItems.ts';

/** A row: a key, or a value below it. */
export type SecretNode = SecretGroup<FoundSecret> | FoundSecret;

export function isGroup(node: SecretNode): node is SecretGroup<FoundSecret> {
  return 'secrets' in node;
}

/**
 * The Secrets view: the encrypted values of the workspace by their keys. The workspace is read when the user first opens
 * the view or asks for it, and a file again when it is saved. KMS is not asked.
 */
export class SecretsView implements vscode.TreeDataProvider<SecretNode>, vscode.Disposable {
  readonly #parts: SecretParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<SecretNode>;
  readonly #subscriptions: vscode.Disposable;
  /** By the file; undefined before the first scan. */
  #found: Map<string, readonly FoundSecret[]> | undefined;
  #scan: Promise<void> | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(parts: SecretParts) {
    this.#parts = parts;
    this.#view = vscode.window.createTreeView<SecretNode>(secretsViewId, { treeDataProvider: this, showCollapseAll: true });
    setContextKey('kmsExplorer.secretsView', 'unscanned');
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#view,
      this.#view.onDidChangeVisibility(({ visible }) => {
        // The names of keys may have become known meanwhile.
        if (visible && this.#found !== undefined) this.#changed.fire();
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => void this.#scanAgain(uri)),
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        for (const uri of files) this.#found?.delete(uri.toString());
        this.#show();
      }),
    );
  }

  /** Reads the workspace anew, with a notification that can end it. A scan that is under way is shared. */
  scan(): Promise<void> {
    this.#scan ??= this.#readWorkspace().finally(() => {
      this.#scan = undefined;
    });
    return this.#scan;
  }

  async getChildren(node?: SecretNode): Promise<SecretNode[]> {
    if (node !== undefined) return isGroup(node) ? [...node.secrets] : [];
    if (this.#found === undefined) await this.scan();
    const secrets = [...(this.#found ?? new Map<string, readonly FoundSecret[]>()).values()].flat();
    return [...groupSecrets(secrets, (hash) => learnedKey(this.#parts.state, hash))];
  }

  getTreeItem(node: SecretNode): vscode.TreeItem {
    return isGroup(node) ? groupItem(node, this.#parts.catalog) : secretItem(node);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #readWorkspace(): Promise<void> {
    const title = vscode.l10n.t('KMS: Looking for Encrypted Values');
    const found = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (progress, token) =>
      scanWorkspace(token, (done, of) => {
        progress.report({ message: vscode.l10n.t('{0} of {1} files', done, of), increment: 100 / of });
      }),
    );
    this.#found = new Map(found);
    this.#show();
  }

  /** A file that the scan left out, as one that the settings exclude, stays left out. */
  async #scanAgain(uri: vscode.Uri): Promise<void> {
    if (this.#found?.has(uri.toString()) !== true) return;
    this.#found.set(uri.toString(), await scanFile(uri));
    this.#show();
  }

  #show(): void {
    if (this.#found === undefined) return;
    const count = [...this.#found.values()].flat().length;
    setContextKey('kmsExplorer.secretsView', count === 0 ? 'empty' : 'ready');
    this.#changed.fire();
  }
}
