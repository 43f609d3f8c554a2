import type { DueChange } from './dueChange.ts';

/** Custom key stores that were connecting are connected or have failed; those that were disconnecting are disconnected. */
export const keyStoreConnection: DueChange = {
  next: (store) => store.keyStores.nextDue(),
  settle({ store }, now) {
    for (const row of store.keyStores.dueAt(now)) {
      const connected = row.connectionError === undefined ? 'CONNECTED' : 'FAILED';
      store.keyStores.put({ ...row, state: row.state === 'CONNECTING' ? connected : 'DISCONNECTED', stateUntil: undefined });
    }
  },
};
