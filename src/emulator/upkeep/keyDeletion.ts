import { hasReplicas, isReplica, primaryOf } from '../material/relatedKeys.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import type { Store } from '../store/store.ts';
import type { DueChange } from './dueChange.ts';

const day = 86_400_000;

/**
 * A primary key that is to be deleted waits for its replicas: its own waiting period begins when the last one is deleted
 * (https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-delete.html).
 */
function startWaiting(store: Store, deleted: KeyRecord): void {
  if (!isReplica(deleted) || deleted.deletionAt === undefined) return;
  const primary = primaryOf(store, deleted);
  if (primary.deletionWindowDays === undefined || primary.deletionAt !== undefined || hasReplicas(store, primary)) return;
  store.keys.update(primary, { deletionAt: deleted.deletionAt + primary.deletionWindowDays * day });
}

/** Keys whose waiting period has ended are gone, with their material, aliases, tags and grants. */
export const keyDeletion: DueChange = {
  next: (store) => store.keys.nextDeletion(),
  settle({ store, vault }, now) {
    // The end of a replica can begin the waiting period of its primary, which may be over by now as well.
    for (let due = store.keys.deletedAt(now); due.length > 0; due = store.keys.deletedAt(now)) {
      const keys = due;
      store.transaction(() => {
        for (const key of keys) {
          store.keys.remove(key.arn);
          startWaiting(store, key);
        }
      });
      for (const { arn } of keys) vault.forget(arn);
    }
  },
};
