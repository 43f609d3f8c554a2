import * as vscode from 'vscode';
import { secretsViewId } from '../../../contributions.ts';
import type { FoundSecret } from '../../shared/secrets/keyUses.ts';
import { learnedKey } from '../../shared/secrets/learnedKeys.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { setContextKey } from '../../shared/setContextKey.ts';
import { groupSecrets, type SecretGroup } from './groupSecrets.ts';
import { groupItem, secretItem } from './secretItems.ts';
import type { WorkspaceSecrets } from './workspaceSecrets.ts';

/** A row: a key, or a value below it. */
export type SecretNode = SecretGroup<FoundSecret> | FoundSecret;

export function isGroup(node: SecretNode): node is SecretGroup<FoundSecret> {
  return 'secrets' in node;
}

/** The Secrets view: the encrypted values of the workspace by their keys. The workspace is read when the view is first opened. KMS is not asked. */
export class SecretsView implements vscode.TreeDataProvider<SecretNode>, vscode.Disposable {
  readonly #parts: SecretParts;
  readonly #secrets: WorkspaceSecrets;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(parts: SecretParts, secrets: WorkspaceSecrets) {
    this.#parts = parts;
    this.#secrets = secrets;
    const view = vscode.window.createTreeView<SecretNode>(secretsViewId, { treeDataProvider: this, showCollapseAll: true });
    setContextKey('kmsExplorer.secretsView', 'unscanned');
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      view,
      view.onDidChangeVisibility(({ visible }) => {
        // The names of keys may have become known meanwhile.
        if (visible && secrets.all !== undefined) this.#changed.fire();
      }),
      secrets.onDidChange(() => {
        setContextKey('kmsExplorer.secretsView', secrets.all?.length === 0 ? 'empty' : 'ready');
        this.#changed.fire();
      }),
    );
  }

  async getChildren(node?: SecretNode): Promise<SecretNode[]> {
    if (node !== undefined) return isGroup(node) ? [...node.secrets] : [];
    if (this.#secrets.all === undefined) await this.#secrets.scan();
    return [...groupSecrets(this.#secrets.all ?? [], (hash) => learnedKey(this.#parts.state, hash))];
  }

  getTreeItem(node: SecretNode): vscode.TreeItem {
    return isGroup(node) ? groupItem(node, this.#parts.catalog) : secretItem(node);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
