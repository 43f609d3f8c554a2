import * as vscode from 'vscode';
import type { KeyService } from '../../core/kms/keyService.ts';
import { RpcError } from '../../protocol/rpc.ts';
import type { Connection } from '../shared/connection.ts';

/**
 * The key service a panel was opened with. Once the connection changes the panel is stale: it must not go on with
 * another account's service, least of all to save.
 */
export class PanelBackend implements vscode.Disposable {
  readonly #connection: Connection;
  readonly #subscription: vscode.Disposable;
  readonly #staleEmitter = new vscode.EventEmitter<void>();
  readonly onDidBecomeStale = this.#staleEmitter.event;
  #service: KeyService | undefined;
  #generation = 0;
  #stale = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#subscription = connection.onDidChange(() => {
      this.#connectionChanged();
    });
  }

  get stale(): boolean {
    return this.#stale;
  }

  /** The service of this panel. Rejects with BACKEND_CHANGED, or as connecting does. */
  async keyService(): Promise<KeyService> {
    this.#refuseWhenStale();
    while (this.#service === undefined) {
      const generation = this.#generation;
      const service = await this.#connection.keyService();
      // Connecting may itself move the connection on, and a service from before that is already disposed.
      if (generation === this.#generation) this.#service = service;
    }
    this.#refuseWhenStale();
    return this.#service;
  }

  /** Takes whatever backend is current from now on. */
  renew(): void {
    this.#stale = false;
    this.#service = undefined;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#staleEmitter.dispose();
  }

  #connectionChanged(): void {
    this.#generation += 1;
    if (this.#service === undefined || this.#stale) return;
    this.#stale = true;
    this.#staleEmitter.fire();
  }

  #refuseWhenStale(): void {
    if (!this.#stale) return;
    throw new RpcError({
      code: 'BACKEND_CHANGED',
      message: 'The backend changed since this panel was opened, and nothing was sent to it. Load the key again to go on.',
    });
  }
}
