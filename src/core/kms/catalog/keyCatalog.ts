import { KmsExplorerError } from '../errorCode.ts';
import { KeyDetails } from './keyDetails.ts';
import type { AliasListEntry, KeyListEntry, KeyManager, KeyMetadata } from '../keyMetadata.ts';
import type { KeyReference } from '../service/keyReference.ts';
import type { KeyService } from '../service/keyService.ts';
import type { KeySummary } from './keySummary.ts';

const awsAliasPrefix = 'alias/aws/';

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
  entries: KeyListEntry[];
  aliasesByKeyId: Map<string, string[]>;
  unusedServiceAliases: string[];
  aliasesComplete: boolean;
  loading: Promise<void> | undefined;
  summaries: readonly KeySummary[] | undefined;
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
    this.#details = new KeyDetails(service, this.#closed.signal, (region) => {
      const state = this.#regions.get(region);
      if (state !== undefined) this.#changed(state);
    });
  }

  /** What is known now; starts nothing. */
  region(region: string): RegionKeys {
    const state = this.#regions.get(region);
    if (state === undefined) return noKeys;
    state.summaries ??= this.#summarise(region, state);
    return {
      state: state.state,
      keys: state.summaries,
      unusedServiceAliases: state.unusedServiceAliases,
      error: state.error,
    };
  }

  /** How many keys of a Region are listed. Unlike region() this makes no summaries. */
  listedKeys(region: string): number {
    return this.#regions.get(region)?.entries.length ?? 0;
  }

  /** Loads a Region once; a failed one is tried again. Never rejects: the failure is in region(). */
  load(region: string): Promise<void> {
    const known = this.#regions.get(region);
    if (known?.loading !== undefined && known.state !== 'failed') return known.loading;
    const state: RegionState = {
      state: 'loading',
      error: undefined,
      entries: [],
      aliasesByKeyId: new Map(),
      unusedServiceAliases: [],
      aliasesComplete: false,
      loading: undefined,
      summaries: undefined,
    };
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
    for (const key of keys) this.#details.forget(key);
    await this.describe(keys);
  }

  /** Ends what is under way. The catalog is not used after this. */
  dispose(): void {
    this.#closed.abort();
  }

  async #loadPages(region: string, state: RegionState): Promise<void> {
    try {
      await Promise.all([this.#loadKeys(region, state), this.#loadAliases(region, state)]);
      state.state = 'loaded';
    } catch (error) {
      state.state = 'failed';
      state.error = error instanceof KmsExplorerError ? error : new KmsExplorerError('KMS_FAULT', `Listing ${region} failed.`, { cause: error });
    }
    this.#changed(state);
  }

  async #loadKeys(region: string, state: RegionState): Promise<void> {
    for await (const page of this.#service.listKeys(region, this.#closed.signal)) {
      state.entries.push(...page);
      this.#changed(state);
    }
  }

  async #loadAliases(region: string, state: RegionState): Promise<void> {
    for await (const page of this.#service.listAliases(region, this.#closed.signal)) {
      for (const alias of page) addAlias(state, alias);
      this.#changed(state);
    }
    state.aliasesComplete = true;
  }

  #changed(state: RegionState): void {
    if (this.#closed.signal.aborted) return;
    state.summaries = undefined;
    this.#onChange();
  }

  #summarise(region: string, state: RegionState): readonly KeySummary[] {
    const summaries: KeySummary[] = [];
    for (const { keyId, arn } of state.entries) {
      const aliasNames = state.aliasesByKeyId.get(keyId) ?? [];
      if (aliasNames.length === 0 && !state.aliasesComplete) continue;
      const keyManager: KeyManager = aliasNames.some((name) => name.startsWith(awsAliasPrefix)) ? 'AWS' : 'CUSTOMER';
      const metadata = this.#details.metadataOf({ region, keyId });
      const tags = this.#details.tagsOf({ region, keyId });
      const known = { region, keyId, arn, aliasName: aliasNames[0], aliasNames, keyManager, metadata };
      summaries.push(tags === undefined ? known : { ...known, tags });
    }
    return summaries.sort(byName);
  }
}

function addAlias(state: RegionState, { aliasName, targetKeyId }: AliasListEntry): void {
  if (targetKeyId === undefined) {
    if (aliasName.startsWith(awsAliasPrefix)) state.unusedServiceAliases.push(aliasName);
    return;
  }
  const names = state.aliasesByKeyId.get(targetKeyId);
  if (names === undefined) state.aliasesByKeyId.set(targetKeyId, [aliasName]);
  else names.push(aliasName);
}

/** Keys with an alias come first, by alias; the others follow by key id. */
function byName(a: KeySummary, b: KeySummary): number {
  if (a.aliasName === undefined || b.aliasName === undefined) {
    return Number(a.aliasName === undefined) - Number(b.aliasName === undefined) || compare(a.keyId, b.keyId);
  }
  return compare(a.aliasName, b.aliasName);
}

/** By code unit: a locale's order would cost a hundred times more for a hundred thousand keys. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
