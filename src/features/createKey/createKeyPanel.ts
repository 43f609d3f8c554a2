import * as vscode from 'vscode';
import { createKeyViewType } from '../../contributions.ts';
import type { CliCall } from '../../core/kms/cliCommand.ts';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';
import type { CreateKeyEvent } from '../../protocol/createKey.ts';
import { answerRequest, type RpcFailure } from '../../protocol/rpc.ts';
import { runCommand } from '../shared/commands.ts';
import type { Connection } from '../shared/connection.ts';
import type { Log } from '../shared/log.ts';
import { PanelBackend } from '../shared/panel/panelBackend.ts';
import { panelHtml } from '../shared/panel/panelHtml.ts';
import { describeForLog, toKmsExplorerError } from '../shared/showError.ts';
import { createKeyHandlers } from './createKeyHandlers.ts';

export interface CreateKeyDeps {
  readonly connection: Connection;
  readonly log: Log;
  readonly extensionUri: vscode.Uri;
  /** A key was made: what others show is old. */
  readonly onCreated: (key: KeyTarget, calls: readonly CliCall[]) => Promise<void>;
}

/** The advisor's panel. What is entered stays in memory while it is open, and nowhere else. */
export class CreateKeyPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #deps: CreateKeyDeps;
  readonly #backend: PanelBackend;
  readonly #aborter = new AbortController();

  constructor(deps: CreateKeyDeps, onClosed: () => void) {
    this.#deps = deps;
    this.#backend = new PanelBackend(deps.connection);
    const distUri = vscode.Uri.joinPath(deps.extensionUri, 'dist');
    this.#panel = vscode.window.createWebviewPanel(createKeyViewType, vscode.l10n.t('Create KMS Key'), vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [distUri],
    });
    this.#panel.onDidDispose(() => {
      this.#aborter.abort();
      this.#backend.dispose();
      onClosed();
    });
    this.#backend.onDidBecomeStale(() => {
      const event: CreateKeyEvent = { kind: 'event', name: 'backendChanged' };
      void this.#panel.webview.postMessage(event);
    });
    this.#answerRequests();
    this.#panel.webview.html = panelHtml(this.#panel.webview, distUri, 'createKey', 'Create KMS key');
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #answerRequests(): void {
    const handlers = createKeyHandlers({
      backend: this.#backend,
      signal: this.#aborter.signal,
      copyText: async (text) => vscode.env.clipboard.writeText(text),
      changed: (key, calls) => this.#changed(key, calls),
      finished: async (key) => {
        await runCommand('kmsExplorer.openKey', { key });
        this.dispose();
      },
      openKey: (key) => runCommand('kmsExplorer.openKey', { key }),
      scheduleDeletion: (key) => runCommand('kmsExplorer.scheduleKeyDeletion', { key }),
      toFailure: (error) => this.#toFailure(error),
    });
    this.#panel.webview.onDidReceiveMessage(async (message: unknown) => {
      const response = await answerRequest(message, handlers, (error) => this.#toFailure(error));
      if (response === undefined) this.#deps.log.warn('The key advisor sent something that is no request.');
      else if (!this.#aborter.signal.aborted) await this.#panel.webview.postMessage(response);
    });
  }

  /** The key is there, whether or not the lists that show it can be loaded again. */
  async #changed(key: KeyTarget, calls: readonly CliCall[]): Promise<void> {
    try {
      await this.#deps.onCreated(key, calls);
    } catch (error) {
      this.#deps.log.warn(describeForLog(toKmsExplorerError(error)));
    }
  }

  #toFailure(error: unknown): RpcFailure {
    const known = toKmsExplorerError(error);
    if (known.code !== 'CANCELLED') this.#deps.log.error(describeForLog(known));
    const { code, message, serviceCode } = known;
    return serviceCode === undefined ? { code, message } : { code, message, serviceCode };
  }
}
