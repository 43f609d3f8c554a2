import * as vscode from 'vscode';
import type { CustomKeyStore } from '../../../core/kms/service/customKeyStores.ts';
import type { Connection } from '../../shared/connection.ts';
import type { Log } from '../../shared/log.ts';
import { describeForLog, toKmsExplorerError } from '../../shared/showError.ts';

/** A store that is on its way to another state is asked for again after so many milliseconds. */
const followDelay = 3_000;
/** AWS takes up to twenty minutes to connect a store. */
const mostFollows = 400;

/** The custom key stores of the chosen Regions. They are listed when the keys are grouped by store, once for each Region. */
export class KeyStores implements vscode.Disposable {
  readonly #connection: Connection;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #stateChanged = new vscode.EventEmitter<CustomKeyStore>();
  readonly #subscription: vscode.Disposable;
  readonly #byRegion = new Map<string, readonly CustomKeyStore[]>();
  readonly #asked = new Set<string>();
  #aborter = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #follows = 0;
  readonly onDidChange = this.#changed.event;
  /** Fires for a store whose state is another one than it was here before. */
  readonly onDidChangeState = this.#stateChanged.event;

  constructor(connection: Connection, log: Log) {
    this.#connection = connection;
    this.#log = log;
    this.#subscription = connection.onDidChange(() => {
      this.#forget();
    });
  }

  all(): readonly CustomKeyStore[] {
    return [...this.#byRegion.values()].flat();
  }

  find(customKeyStoreId: string): CustomKeyStore | undefined {
    return this.all().find((store) => store.customKeyStoreId === customKeyStoreId);
  }

  /** Lists the stores of the Regions that were not asked yet. A Region that refuses is logged and left out. */
  async ensure(regions: readonly string[]): Promise<void> {
    await Promise.all(regions.filter((region) => !this.#asked.has(region)).map((region) => this.#list(region)));
  }

  /** Lists a Region anew, and follows stores that are connecting or disconnecting. */
  async reload(region: string): Promise<void> {
    this.#follows = 0;
    await this.#list(region);
  }

  dispose(): void {
    this.#forget();
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#stateChanged.dispose();
  }

  async #list(region: string): Promise<void> {
    this.#asked.add(region);
    const { signal } = this.#aborter;
    try {
      const stores = await (await this.#connection.keyService()).listCustomKeyStores(region, signal);
      if (!signal.aborted) this.#take(region, stores);
    } catch (error) {
      if (!signal.aborted) this.#log.warn(describeForLog(toKmsExplorerError(error)));
    }
  }

  #take(region: string, stores: readonly CustomKeyStore[]): void {
    const before = new Map(this.#byRegion.get(region)?.map((store) => [store.customKeyStoreId, store.connectionState]));
    this.#byRegion.set(region, stores);
    for (const store of stores) {
      const former = before.get(store.customKeyStoreId);
      if (former !== undefined && former !== store.connectionState) this.#stateChanged.fire(store);
    }
    this.#changed.fire();
    this.#follow();
  }

  #follow(): void {
    const moving = new Set(this.all().filter(({ connectionState }) => connectionState.endsWith('ING')).map(({ region }) => region));
    if (moving.size === 0 || this.#timer !== undefined || this.#follows >= mostFollows) return;
    this.#follows += 1;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      for (const region of moving) void this.#list(region);
    }, followDelay);
  }

  #forget(): void {
    this.#aborter.abort();
    this.#aborter = new AbortController();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#byRegion.clear();
    this.#asked.clear();
  }
}
