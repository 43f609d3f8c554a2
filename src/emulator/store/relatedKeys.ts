import { keyArn } from '../../core/kms/arn.ts';
import type { KeyRecord } from './keyRecord.ts';
import type { Store } from './store.ts';

/** Whether the key is the primary key of a multi-Region key. */
export function isPrimary({ primaryRegion, region }: KeyRecord): boolean {
  return primaryRegion === region;
}

/** The key of a multi-Region key in a Region, which may be its own; undefined when there is none. */
export function relatedKeyIn(store: Store, { accountId, keyId }: KeyRecord, region: string): KeyRecord | undefined {
  return store.keys.find(keyArn(region, accountId, keyId));
}

/** Whether the key is a primary key that has replica keys. */
export function hasReplicas(store: Store, key: KeyRecord): boolean {
  return isPrimary(key) && store.keys.related(key.accountId, key.keyId).length > 1;
}
