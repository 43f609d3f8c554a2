import * as vscode from 'vscode';
import { parseKmsArn } from '../../core/kms/arn.ts';
import { KeyCatalog, type RegionKeys } from '../../core/kms/catalog/keyCatalog.ts';
import type { KeyMetadata } from '../../core/kms/keyMetadata.ts';
import type { KeyReference } from '../../core/kms/service/keyReference.ts';
import type { KeySummary } from '../../core/kms/catalog/keySummary.ts';
import { redrawDelay } from '../../core/kms/catalog/redrawDelay.ts';
import type { Connection } from './connection.ts';
import type { KeyCatalogPort } from './keyCatalogPort.ts';
import type { Log } from './log.ts';
import { describeForLog } from './showError.ts';

interface Opened {
  readonly catalog: KeyCatalog;
  readonly regions: readonly string[];
}

/** The keys of the chosen Regions, loaded once for the tree and the quick picks; thrown away when the backend changes. */
export class SharedKeyCatalog implements KeyCatalogPort, vscode.Disposable {
  readonly #connection: Connection;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #opening: Promise<Opened> | undefined;
  #opened: Opened | undefined;
  #redraw: NodeJS.Timeout | undefined;
  #generation = 0;
  readonly #loaded = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** Fires when a Region is in that was not, at first or anew. */
  readonly onDidLoad = this.#loaded.event;

  constructor(connection: Connection, log: Log) {
    this.#connection = connection;
    this.#log = log;
    const reset = () => {
      this.reset();
    };
    this.#subscription = vscode.Disposable.from(connection.onDidChange(reset), connection.onDidChangeRegions(reset));
  }

  /** The chosen Regions. Connects when that has not happened yet; rejects as Connection.keyService does. */
  async regions(): Promise<readonly string[]> {
    return (await this.#open()).regions;
  }

  /** What is known of a Region now. */
  region(region: string): RegionKeys {
    return this.#opened?.catalog.region(region) ?? { state: 'idle', keys: [], unusedServiceAliases: [], error: undefined };
  }

  /** Loads a Region; a failure is logged and is found in region(). */
  async load(region: string): Promise<void> {
    const { catalog } = await this.#open();
    const before = catalog.region(region).state;
    await catalog.load(region);
    const { state, error } = catalog.region(region);
    if (before !== state && state === 'loaded') this.#loaded.fire();
    if (before !== state && error !== undefined && error.code !== 'CANCELLED') this.#log.error(describeForLog(error));
  }

  /** Lists a Region anew after its aliases changed. */
  async reload(region: string): Promise<void> {
    (await this.#open()).catalog.forget(region);
    await this.load(region);
  }

  /** Asks for what the rows of keys show. */
  async detail(keys: readonly KeyReference[]): Promise<void> {
    await this.#opened?.catalog.detail(keys);
  }

  /** Loads the chosen Regions and asks for what a grouping, an order or a filter needs of every key. */
  async loadDetails(wanted: { readonly metadata: boolean; readonly tags: boolean }, signal: AbortSignal): Promise<void> {
    const keys = await this.allKeys(signal);
    const { catalog } = await this.#open();
    await Promise.all([
      wanted.metadata ? catalog.describe(keys, signal) : undefined,
      wanted.tags ? catalog.loadTags(keys, signal) : undefined,
    ]);
  }

  /** Asks for keys anew that were changed here. */
  async renew(keys: readonly KeyReference[]): Promise<void> {
    await this.#opened?.catalog.renew(keys);
  }

  async metadata(key: KeyReference): Promise<KeyMetadata> {
    return (await this.#open()).catalog.metadata(key);
  }

  /** Every key of the chosen Regions. When the connection is made again meanwhile, which ends the calls of the one before, the new one is asked. */
  async allKeys(signal: AbortSignal): Promise<readonly KeySummary[]> {
    for (;;) {
      const generation = this.#generation;
      try {
        return await this.#listAll(signal);
      } catch (error) {
        if (signal.aborted || generation === this.#generation) throw error;
      }
    }
  }

  async #listAll(signal: AbortSignal): Promise<readonly KeySummary[]> {
    const { catalog, regions } = await this.#open();
    const loads = regions.filter((region) => catalog.region(region).state !== 'loaded').map((region) => this.load(region));
    await Promise.all(loads);
    signal.throwIfAborted();
    const errors = regions.flatMap((region) => catalog.region(region).error ?? []);
    if (errors[0] !== undefined && errors.length === regions.length) throw errors[0];
    return regions.flatMap((region) => catalog.region(region).keys);
  }

  knownKey(arn: string): KeySummary | undefined {
    const named = parseKmsArn(arn);
    if (named === undefined || this.#opened?.regions.includes(named.region) !== true) return undefined;
    const { keys } = this.region(named.region);
    if (named.kind === 'key') return keys.find((key) => key.arn === arn);
    return keys.find((key) => key.aliasNames.includes(named.resource) && parseKmsArn(key.arn)?.accountId === named.accountId);
  }

  /** All keys of a Region that was loaded are of the caller's account. */
  isGone(arn: string): boolean {
    const named = parseKmsArn(arn);
    if (named?.kind !== 'key' || this.#opened?.regions.includes(named.region) !== true) return false;
    const { state, keys } = this.region(named.region);
    const [any] = keys;
    return state === 'loaded' && any !== undefined && parseKmsArn(any.arn)?.accountId === named.accountId && !keys.some((key) => key.arn === arn);
  }

  /** Forgets everything; the next look loads anew. */
  reset(): void {
    this.#generation += 1;
    this.#opened?.catalog.dispose();
    this.#opened = undefined;
    this.#opening = undefined;
    this.#changed.fire();
  }

  dispose(): void {
    this.#opened?.catalog.dispose();
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#loaded.dispose();
    clearTimeout(this.#redraw);
  }

  /** How many keys are listed so far. */
  #listedKeys(): number {
    return this.#opened?.regions.reduce((sum, region) => sum + (this.#opened?.catalog.listedKeys(region) ?? 0), 0) ?? 0;
  }

  #open(): Promise<Opened> {
    this.#opening ??= this.#connect();
    return this.#opening;
  }

  async #connect(): Promise<Opened> {
    const generation = this.#generation;
    try {
      const service = await this.#connection.keyService();
      const regions = await this.#connection.regions();
      // The backend changed while this one connected: its keys must not be shown as the other's.
      if (generation !== this.#generation) return await this.#open();
      const catalog = new KeyCatalog(service, () => {
        this.#redraw ??= setTimeout(() => {
          this.#redraw = undefined;
          this.#changed.fire();
        }, redrawDelay(this.#listedKeys()));
      });
      this.#opened = { catalog, regions };
      return this.#opened;
    } catch (error) {
      if (generation === this.#generation) this.#opening = undefined;
      throw error;
    }
  }
}
