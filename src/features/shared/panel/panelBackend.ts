import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { BackendIdentity, KeyService } from '../../../core/kms/service/keyService.ts';
import { RpcError } from '../../../protocol/rpc.ts';
import type { Connection } from '../connection.ts';

/**
 * The backend a panel was opened with. When the connection is made again, as a refresh does, the panel goes on if the
 * same account answers at the same endpoint. Otherwise it is stale: it must not go on with another account's service,
 * least of all to save.
 */
export class PanelBackend implements vscode.Disposable {
  readonly #connection: Connection;
  readonly #subscription: vscode.Disposable;
  readonly #staleEmitter = new vscode.EventEmitter<void>();
  readonly #aborter = new AbortController();
  readonly onDidBecomeStale = this.#staleEmitter.event;
  #service: KeyService | undefined;
  /** Who answered first; `unknown` when that could not be found out. */
  #owner: BackendIdentity | 'unknown' | undefined;
  #generation = 0;
  #stale = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#subscription = connection.onDidChange(() => {
      this.#generation += 1;
      this.#service = undefined;
      if (this.#owner !== undefined && !this.#stale) void this.#lookAgain();
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
      const answering = await service.identity(this.#aborter.signal).catch(() => 'unknown' as const);
      // Connecting may itself move the connection on, and a service from before that is already disposed.
      if (generation === this.#generation) this.#take(service, answering);
      this.#refuseWhenStale();
    }
    return this.#service;
  }

  /**
   * Asks the service for something that changes nothing. When the connection is made again meanwhile, which ends the
   * calls of the one before, the new one is asked. Rejects as `keyService` and `ask` do.
   */
  async read<Answer>(ask: (service: KeyService) => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const service = await this.keyService();
      try {
        return await ask(service);
      } catch (error) {
        if (service === this.#service || this.#aborter.signal.aborted) throw error;
      }
    }
  }

  /** Takes whatever backend is current from now on. */
  renew(): void {
    this.#stale = false;
    this.#service = undefined;
    this.#owner = undefined;
  }

  dispose(): void {
    this.#aborter.abort();
    this.#subscription.dispose();
    this.#staleEmitter.dispose();
  }

  #take(service: KeyService, answering: BackendIdentity | 'unknown'): void {
    if (this.#owner !== undefined && !isSame(this.#owner, answering)) {
      this.#becomeStale();
      return;
    }
    this.#owner = answering;
    this.#service = service;
  }

  /** The user changed or refreshed the backend. An emulator that is only stopped comes back as what it was. */
  async #lookAgain(): Promise<void> {
    try {
      await this.keyService();
    } catch (error) {
      if (!(error instanceof KmsExplorerError && error.code.startsWith('EMULATOR_'))) this.#becomeStale();
    }
  }

  #becomeStale(): void {
    if (this.#stale || this.#aborter.signal.aborted) return;
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

/** Nobody knows whether two unknown ones are the same, so they are not. */
function isSame(one: BackendIdentity | 'unknown', other: BackendIdentity | 'unknown'): boolean {
  if (one === 'unknown' || other === 'unknown') return false;
  return one.accountId === other.accountId && one.endpoint === other.endpoint;
}
