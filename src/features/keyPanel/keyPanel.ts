import * as vscode from 'vscode';
import { keyPanelViewType } from '../../contributions.ts';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';
import type { CliCall } from '../../core/kms/cliCommand.ts';
import type { KeyPanelEvent, PanelOpening, PolicyDraft, PublicKeyForm } from '../../protocol/keyPanel.ts';
import { answerRequest, type RpcFailure } from '../../protocol/rpc.ts';
import { runCommand } from '../shared/commands.ts';
import type { Connection } from '../shared/connection.ts';
import { copyForAWhile } from '../shared/copyForAWhile.ts';
import type { Log } from '../shared/log.ts';
import type { KeyUses } from '../shared/secrets/keyUses.ts';
import { describeForLog, toKmsExplorerError } from '../shared/showError.ts';
import { PanelBackend } from '../shared/panel/panelBackend.ts';
import { askInWindow } from './material/askInWindow.ts';
import { panelUses } from './panelUses.ts';
import { panelHandlers } from './handlers/panelHandlers.ts';
import { panelHtml } from '../shared/panel/panelHtml.ts';

export interface KeyPanelDeps {
  readonly connection: Connection;
  readonly log: Log;
  readonly extensionUri: vscode.Uri;
  readonly uses: KeyUses;
  /** The panel changed a key: what others show of it is old. */
  readonly onChanged: (key: KeyTarget, calls: readonly CliCall[]) => Promise<void>;
}

/** The panel of one key. It keeps an unsaved policy in memory while its view is hidden, and nowhere else. */
export class KeyPanel implements vscode.Disposable {
  readonly key: KeyTarget;
  readonly #panel: vscode.WebviewPanel;
  readonly #deps: KeyPanelDeps;
  readonly #log: Log;
  readonly #backend: PanelBackend;
  readonly #aborter = new AbortController();
  #draft: PolicyDraft | null;

  /** `onClosed` gets the edit that was not saved, if there is one. */
  constructor(key: KeyTarget, deps: KeyPanelDeps, draft: PolicyDraft | null, onClosed: (draft: PolicyDraft | null) => void) {
    this.key = key;
    this.#deps = deps;
    this.#log = deps.log;
    this.#backend = new PanelBackend(deps.connection);
    this.#draft = draft;
    const distUri = vscode.Uri.joinPath(deps.extensionUri, 'dist');
    this.#panel = vscode.window.createWebviewPanel(keyPanelViewType, this.#title(), vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [distUri],
    });
    this.#panel.onDidDispose(() => {
      this.#aborter.abort();
      this.#backend.dispose();
      onClosed(this.#draft);
    });
    this.#backend.onDidBecomeStale(() => {
      this.#tell({ kind: 'event', name: 'backendChanged' });
    });
    this.#answerRequests();
    this.#panel.webview.html = panelHtml(this.#panel.webview, distUri, 'keyPanel', 'KMS key');
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #answerRequests(): void {
    const handlers = panelHandlers({
      backend: this.#backend,
      // The ARN and not the id: a backend of another account then refuses instead of answering for a key of the same id.
      key: { region: this.key.region, keyId: this.key.arn },
      signal: this.#aborter.signal,
      opening: () => this.#opening(),
      keepDraft: (draft) => {
        this.#draft = draft;
        this.#panel.title = this.#title();
      },
      copyName: async (what) => vscode.env.clipboard.writeText(this.key[what]),
      copyText: async (text) => vscode.env.clipboard.writeText(text),
      copySecret: copyForAWhile,
      saveFile: (ending, bytes) => this.#saveFile(ending, bytes),
      saveText: (form, text) => this.#saveText(form, text),
      readFile: () => readChosenFile(),
      run: (command) => runCommand(`kmsExplorer.${command}`, { key: this.key }),
      material: askInWindow,
      uses: panelUses(this.key, this.#deps.uses),
      changed: (calls) => this.#deps.onChanged(this.key, calls),
    });
    this.#panel.webview.onDidReceiveMessage(async (message: unknown) => {
      const response = await answerRequest(message, handlers, (error) => this.#toFailure(error));
      if (response === undefined) this.#log.warn('A key panel sent something that is no request.');
      else if (!this.#aborter.signal.aborted) await this.#panel.webview.postMessage(response);
    });
  }

  #opening(): PanelOpening {
    const { region, keyId, arn, aliasName } = this.key;
    return { region, keyId, arn, aliasName: aliasName ?? null, draft: this.#draft, backendChanged: this.#backend.stale };
  }

  async #saveText(form: PublicKeyForm, text: string): Promise<void> {
    const endings = { pem: 'pem', jwk: 'jwk.json', ssh: 'pub' };
    await this.#saveFile(endings[form], new TextEncoder().encode(text));
  }

  /** The file is named after the key. */
  async #saveFile(ending: string, bytes: Uint8Array): Promise<void> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const name = `${panelName(this.key).replaceAll(/[^\w-]+/g, '-')}.${ending}`;
    const target = await vscode.window.showSaveDialog(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder.uri, name) });
    if (target !== undefined) await vscode.workspace.fs.writeFile(target, bytes);
  }

  #toFailure(error: unknown): RpcFailure {
    const known = toKmsExplorerError(error);
    if (known.code !== 'CANCELLED') this.#log.error(describeForLog(known));
    const { code, message, serviceCode } = known;
    return serviceCode === undefined ? { code, message } : { code, message, serviceCode };
  }

  #tell(event: KeyPanelEvent): void {
    void this.#panel.webview.postMessage(event);
  }

  /** The dot is VS Code's own mark of something that is not saved. */
  #title(): string {
    return `${this.#draft === null ? '' : '● '}${panelName(this.key)}`;
  }
}

async function readChosenFile(): Promise<Uint8Array | null> {
  const [file] = (await vscode.window.showOpenDialog({ canSelectMany: false })) ?? [];
  return file === undefined ? null : vscode.workspace.fs.readFile(file);
}

/** What people call the key: its alias without the prefix, or its id. */
export function panelName({ aliasName, keyId }: KeyTarget): string {
  return aliasName?.replace(/^alias\//, '') ?? keyId;
}
