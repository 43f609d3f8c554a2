import * as vscode from 'vscode';
import type { KeyTarget } from '../../../core/kms/keyTarget.ts';
import { reportUses, usesByName, usesOf, type UsedKey, type UsesByName } from '../../../core/secrets/detect/keyUses.ts';
import type { KeyCatalogPort } from '../../shared/keyCatalogPort.ts';
import type { FoundSecret, KeyUses, WorkspaceUses } from '../../shared/secrets/keyUses.ts';
import { learnedKey, learnedKeys } from '../../shared/secrets/learnedKeys.ts';
import { isScanned, scanFile, scanWorkspace } from './scanWorkspace.ts';

export interface WorkspaceSecretsParts {
  readonly catalog: KeyCatalogPort;
  readonly state: vscode.Memento;
}

interface Found {
  /** By the file. */
  readonly secrets: Map<string, readonly FoundSecret[]>;
  readonly isComplete: boolean;
}

/**
 * The encrypted values of the workspace, for the Secrets view and for what else shows where keys are used. The workspace
 * is read when the user does something that asks for it, and a file again when it is saved or deleted.
 */
export class WorkspaceSecrets implements KeyUses, vscode.Disposable {
  readonly #parts: WorkspaceSecretsParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #found: Found | undefined;
  #scan: Promise<void> | undefined;
  /** Made anew when a file was read or a key was learned. */
  #index: { readonly learned: unknown; readonly uses: UsesByName<FoundSecret> } | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(parts: WorkspaceSecretsParts) {
    this.#parts = parts;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidSaveTextDocument(({ uri }) => void this.#readAgain(uri)),
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        if (this.#found === undefined) return;
        for (const uri of files) this.#found.secrets.delete(uri.toString());
        this.#show();
      }),
    );
  }

  /** All of them; undefined before the workspace was read. */
  get all(): readonly FoundSecret[] | undefined {
    return this.#found === undefined ? undefined : [...this.#found.secrets.values()].flat();
  }

  /** A scan that is under way is shared. */
  scan(): Promise<void> {
    this.#scan ??= this.#readWorkspace().finally(() => {
      this.#scan = undefined;
    });
    return this.#scan;
  }

  countOf(key: KeyTarget): number | undefined {
    return this.#found === undefined ? undefined : usesOf(this.#uses(), this.#named(key)).length;
  }

  usesOf(keys: readonly KeyTarget[]): WorkspaceUses | undefined {
    if (this.#found === undefined) return undefined;
    return { ...reportUses(this.#uses(), keys.map((key) => this.#named(key))), isComplete: this.#found.isComplete };
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #uses(): UsesByName<FoundSecret> {
    const { state } = this.#parts;
    const learned = learnedKeys(state);
    if (this.#index?.learned !== learned) this.#index = { learned, uses: usesByName(this.all ?? [], (hash) => learnedKey(state, hash)) };
    return this.#index.uses;
  }

  /** A key with the aliases that are loaded. */
  #named({ arn, keyId, aliasName }: KeyTarget): UsedKey {
    const aliasNames = this.#parts.catalog.knownKey(arn)?.aliasNames ?? [];
    return { arn, keyId, aliasNames: aliasName === undefined || aliasNames.includes(aliasName) ? aliasNames : [...aliasNames, aliasName] };
  }

  async #readWorkspace(): Promise<void> {
    const title = vscode.l10n.t('KMS: Looking for Encrypted Values');
    this.#found = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
      const secrets = await scanWorkspace(token, (done, of) => {
        progress.report({ message: vscode.l10n.t('{0} of {1} files', done, of), increment: 100 / of });
      });
      return { secrets: new Map(secrets), isComplete: !token.isCancellationRequested };
    });
    this.#show();
  }

  /** A file that the scan left out, as one that the settings exclude, stays left out; a new one is read. */
  async #readAgain(uri: vscode.Uri): Promise<void> {
    const found = this.#found;
    if (found === undefined || (!found.secrets.has(uri.toString()) && !(await isScanned(uri)))) return;
    found.secrets.set(uri.toString(), await scanFile(uri));
    this.#show();
  }

  #show(): void {
    this.#index = undefined;
    this.#changed.fire();
  }
}
