import type { KeyRecord } from '../store/keyRecord.ts';
import type { Store } from '../store/store.ts';

/** The key itself, and for a multi-Region key the primary and every replica. */
export function relatedKeys(store: Store, key: KeyRecord): readonly KeyRecord[] {
  return key.primaryRegion === undefined ? [key] : store.keys.related(key.accountId, key.keyId);
}

/** Whether the key is a replica of a multi-Region key. */
export function isReplica(key: KeyRecord): boolean {
  return key.primaryRegion !== undefined && key.primaryRegion !== key.region;
}

/** The primary of a multi-Region key, and the key itself when it is a single-Region one. */
export function primaryOf(store: Store, key: KeyRecord): KeyRecord {
  if (!isReplica(key)) return key;
  return relatedKeys(store, key).find(({ region }) => region === key.primaryRegion) ?? key;
}

/** The key in a Region, which may be its own, of the same multi-Region key; undefined when there is none. */
export function relatedKeyIn(store: Store, key: KeyRecord, wanted: string): KeyRecord | undefined {
  return relatedKeys(store, key).find(({ region }) => region === wanted);
}

/** Whether the key is a primary that has replicas. */
export function hasReplicas(store: Store, key: KeyRecord): boolean {
  return !isReplica(key) && relatedKeys(store, key).length > 1;
}
