import type { DueChange } from './dueChange.ts';

/** Keys whose waiting period has ended are gone, with their material, aliases, tags and grants. */
export const keyDeletion: DueChange = {
  next: (store) => store.keys.nextDeletion(),
  settle({ store, vault }, now) {
    for (const { arn } of store.keys.deletedAt(now)) {
      store.keys.remove(arn);
      vault.forget(arn);
    }
  },
};
