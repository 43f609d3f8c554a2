import { KmsExplorerError } from '../errorCode.ts';
import { KeyDetails } from './keyDetails.ts';
import type { KeyListEntry, KeyManager, KeyMetadata } from '../keyMetadata.ts';
import type { KeyReference } from '../service/keyReference.ts';
import type { KeyService } from '../service/keyService.ts';
import { awsAliasPrefix, KeyList } from './keyList.ts';
import type { KeySummary } from './keySummary.ts';

/** What is known of one Region's keys. `keys` grows while the pages come in. */
export interface RegionKeys {
  readonly state: 'idle' | 'loading' | 'loaded' | 'failed';
  readonly keys: readonly KeySummary[];
  /** `alias/aws/` names whose key KMS will make when the service first needs it. */
  readonly unusedServiceAliases: readonly string[];
  readonly error: KmsExplorerError | undefined;
}

interface RegionState {
  state: RegionKeys['state'];
  error: KmsExplorerError | undefined;
  readonly list: KeyList;
  loading: Promise<void> | undefined;
}

const noKeys: RegionKeys = { state: 'idle', keys: [], unusedServiceAliases: [], error: undefined };

/**
 * The keys of one backend, Region by Region. The kind of a key comes from its aliases, so that a list costs one
 * ListKeys call for 1,000 keys and one ListAliases call for 100 aliases, and no DescribeKey. A key without a known
 * alias is shown only when all aliases are in: until then it could be an AWS managed one.
 */
export class KeyCatalog {
  readonly #service: KeyService;
  readonly #onChange: () => void;
  readonly #regions = new Map<string, RegionState>();
  readonly #closed = new AbortController();
  readonly #details: KeyDetails;

  constructor(service: KeyService, onChange: () => void) {
    this.#service = service;
    this.#onChange = onChange;
    this.#details = new KeyDetails(service, this.#closed.signal, ({ region, keyId }) => {
      this.#regions.get(region)?.list.touch(keyId);
      this.#changed();
    });
  }

  /** What is known now; starts nothing. */
  region(region: string): RegionKeys {
    const state = this.#regions.get(region);
    if (state === undefined) return noKeys;
    const { list, error } = state;
    return { state: state.state, keys: list.summaries(), unusedServiceAliases: list.unusedServiceAliases, error };
  }

  /** How many keys of a Region are listed. Unlike region() this makes no summaries. */
  listedKeys(region: string): number {
    return this.#regions.get(region)?.list.count ?? 0;
  }

  /** Loads a Region once; a failed one is tried again. Never rejects: the failure is in region(). */
  load(region: string): Promise<void> {
    const known = this.#regions.get(region);
    if (known?.loading !== undefined && known.state !== 'failed') return known.loading;
    const list = new KeyList((key, aliasNames) => this.#summarise(region, key, aliasNames));
    const state: RegionState = { state: 'loading', error: undefined, list, loading: undefined };
    this.#regions.set(region, state);
    state.loading = this.#loadPages(region, state);
    return state.loading;
  }

  /** Forgets the list of a Region; what is known of its keys stays. */
  forget(region: string): void {
    this.#regions.delete(region);
  }

  /** Describes those of the keys that are not described yet, a few at a time. A key that fails stays undescribed. */
  async describe(keys: readonly KeyReference[], signal: AbortSignal = this.#closed.signal): Promise<void> {
    await this.#details.describe(keys, signal);
  }

  /** Asks for all that the rows of the keys show and is not known yet. */
  async detail(keys: readonly KeyReference[]): Promise<void> {
    const { signal } = this.#closed;
    await this.#details.describe(keys, signal);
    await this.#details.loadRotation(keys, signal);
  }

  /** Asks for the tags of those of the keys whose tags are not known yet. */
  async loadTags(keys: readonly KeyReference[], signal: AbortSignal = this.#closed.signal): Promise<void> {
    await this.#details.loadTags(keys, signal);
  }

  /** The metadata of a key, from memory when it was described before. Rejects with a KmsExplorerError. */
  async metadata(key: KeyReference): Promise<KeyMetadata> {
    return this.#details.fetchMetadata(key);
  }

  /** Asks for keys anew that were changed. */
  async renew(keys: readonly KeyReference[]): Promise<void> {
    for (const key of keys) {
      this.#details.forget(key);
      this.#regions.get(key.region)?.list.touch(key.keyId);
    }
    await this.detail(keys);
  }

  /** Ends what is under way. The catalog is not used after this. */
  dispose(): void {
    this.#closed.abort();
  }

  async #loadPages(region: string, state: RegionState): Promise<void> {
    try {
      await Promise.all([this.#loadKeys(region, state.list), this.#loadAliases(region, state.list)]);
      state.state = 'loaded';
    } catch (error) {
      state.state = 'failed';
      state.error = error instanceof KmsExplorerError ? error : new KmsExplorerError('KMS_FAULT', `Listing ${region} failed.`, { cause: error });
    }
    this.#changed();
  }

  async #loadKeys(region: string, list: KeyList): Promise<void> {
    for await (const page of this.#service.listKeys(region, this.#closed.signal)) {
      list.addKeys(page);
      this.#changed();
    }
  }

  async #loadAliases(region: string, list: KeyList): Promise<void> {
    for await (const page of this.#service.listAliases(region, this.#closed.signal)) {
      list.addAliases(page);
      this.#changed();
    }
    list.completeAliases();
  }

  #changed(): void {
    if (!this.#closed.signal.aborted) this.#onChange();
  }

  #summarise(region: string, { keyId, arn }: KeyListEntry, aliasNames: readonly string[]): KeySummary {
    const keyManager: KeyManager = aliasNames.some((name) => name.startsWith(awsAliasPrefix)) ? 'AWS' : 'CUSTOMER';
    const metadata = this.#details.metadataOf({ region, keyId });
    const tags = this.#details.tagsOf({ region, keyId });
    const rotation = this.#details.rotationOf({ region, keyId });
    const known = { region, keyId, arn, aliasName: aliasNames[0], aliasNames, keyManager, metadata };
    return { ...known, ...(tags === undefined ? {} : { tags }), ...(rotation === undefined ? {} : { rotation }) };
  }
}
