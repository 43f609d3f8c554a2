import type { AliasListEntry, KeyListEntry } from '../keyMetadata.ts';
import type { KeySummary } from './keySummary.ts';

export const awsAliasPrefix = 'alias/aws/';

/** Makes the summary of a key from its names and whatever else is known of it. */
export type Summarise = (key: KeyListEntry, aliasNames: readonly string[]) => KeySummary;

/**
 * The keys of one Region by name, put together from the pages of ListKeys and ListAliases as they come in. A summary is
 * made anew only when something about its key changed, and new ones are merged into those that stand in order already, so
 * that a page costs little among a hundred thousand keys.
 */
export class KeyList {
  readonly #summarise: Summarise;
  /** Keys without an alias: while aliases come in, one of them could still be an AWS managed key. */
  readonly #waiting = new Map<string, KeyListEntry>();
  /** Keys whose summary is to be made. */
  #ready: KeyListEntry[] = [];
  readonly #aliasNames = new Map<string, string[]>();
  #aliasesComplete = false;
  readonly #changed = new Set<string>();
  #summaries: readonly KeySummary[] = [];
  #count = 0;
  /** `alias/aws/` names whose key KMS will make when the service first needs it. */
  readonly unusedServiceAliases: string[] = [];

  constructor(summarise: Summarise) {
    this.#summarise = summarise;
  }

  /** How many keys were listed, with those that have no summary yet. */
  get count(): number {
    return this.#count;
  }

  addKeys(page: readonly KeyListEntry[]): void {
    for (const key of page) {
      if (this.#aliasesComplete || this.#aliasNames.has(key.keyId)) this.#ready.push(key);
      else this.#waiting.set(key.keyId, key);
    }
    this.#count += page.length;
  }

  addAliases(page: readonly AliasListEntry[]): void {
    for (const { aliasName, targetKeyId } of page) {
      if (targetKeyId === undefined) {
        if (aliasName.startsWith(awsAliasPrefix)) this.unusedServiceAliases.push(aliasName);
        continue;
      }
      const names = this.#aliasNames.get(targetKeyId);
      if (names !== undefined) {
        names.push(aliasName);
        this.#changed.add(targetKeyId);
        continue;
      }
      this.#aliasNames.set(targetKeyId, [aliasName]);
      const key = this.#waiting.get(targetKeyId);
      if (key === undefined) continue;
      this.#waiting.delete(targetKeyId);
      this.#ready.push(key);
    }
  }

  /** There are no more aliases than those that were added. */
  completeAliases(): void {
    this.#aliasesComplete = true;
    for (const key of this.#waiting.values()) this.#ready.push(key);
    this.#waiting.clear();
  }

  /** Something else than its names changed about a key. */
  touch(keyId: string): void {
    this.#changed.add(keyId);
  }

  /** The summaries by name. They are the same array until something changed. */
  summaries(): readonly KeySummary[] {
    if (this.#changed.size > 0) {
      this.#summaries = this.#summaries.map((summary) => (this.#changed.has(summary.keyId) ? this.#summarised(summary) : summary));
      this.#changed.clear();
    }
    if (this.#ready.length > 0) {
      const added = this.#ready.map((key) => this.#summarised(key));
      this.#ready = [];
      this.#summaries = merged(this.#summaries, added.sort(byName));
    }
    return this.#summaries;
  }

  #summarised(key: KeyListEntry): KeySummary {
    return this.#summarise(key, this.#aliasNames.get(key.keyId) ?? []);
  }
}

/** Two lists that are in order as one. */
function merged(one: readonly KeySummary[], other: readonly KeySummary[]): readonly KeySummary[] {
  const both: KeySummary[] = [];
  let at = 0;
  for (const key of one) {
    for (let next = other[at]; next !== undefined && byName(next, key) < 0; next = other[at]) {
      both.push(next);
      at += 1;
    }
    both.push(key);
  }
  for (const key of other.slice(at)) both.push(key);
  return both;
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
