import { KmsExplorerError } from './errorCode.ts';
import type { AliasListEntry, KeyListEntry, KeyMetadata } from './keyMetadata.ts';
import type { KeyReference } from './service/keyReference.ts';
import type { KeyService } from './service/keyService.ts';
import type { KeySummary } from './keySummary.ts';

/** How many DescribeKey calls are under way at once; KMS allows 2,000 a second, a desk needs far fewer. */
const describeConcurrency = 8;

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
  readonly #metadata = new Map<string, KeyMetadata>();
  readonly #closed = new AbortController();

  constructor(service: KeyService, onChange: () => void) {
    this.#service = service;
    this.#onChange = onChange;
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

  /** Describes those of the keys that are not described yet, a few at a time. A key that fails stays undescribed. */
  async describe(keys: readonly KeyReference[]): Promise<void> {
    const waiting = keys.filter((key) => !this.#metadata.has(keyOf(key)));
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        await this.#describeOne(next);
      }
    };
    await Promise.all(Array.from({ length: describeConcurrency }, worker));
  }

  /** The metadata of a key, from memory when it was described before. Rejects with a KmsExplorerError. */
  async metadata(key: KeyReference): Promise<KeyMetadata> {
    return this.#metadata.get(keyOf(key)) ?? (await this.#fetchMetadata(key));
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

  async #describeOne(key: KeyReference): Promise<void> {
    try {
      await this.#fetchMetadata(key);
    } catch {
      // The row stays without details; its tooltip or its panel asks again and says what is wrong.
    }
  }

  async #fetchMetadata(key: KeyReference): Promise<KeyMetadata> {
    const metadata = await this.#service.describeKey(key, this.#closed.signal);
    this.#metadata.set(keyOf(key), metadata);
    const state = this.#regions.get(key.region);
    if (state !== undefined) this.#changed(state);
    return metadata;
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
      const keyManager = aliasNames.some((name) => name.startsWith(awsAliasPrefix)) ? 'AWS' : 'CUSTOMER';
      const metadata = this.#metadata.get(keyOf({ region, keyId }));
      summaries.push({ region, keyId, arn, aliasName: aliasNames[0], aliasNames, keyManager, metadata });
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

function keyOf({ region, keyId }: KeyReference): string {
  return `${region}/${keyId}`;
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
