import type { DueChange, UpkeepParts } from './dueChange.ts';
import { keyDeletion } from './keyDeletion.ts';
import { keyRotation } from './keyRotation.ts';
import { keyStoreConnection } from './keyStoreConnection.ts';
import { materialExpiry } from './materialExpiry.ts';

/** Makes what time has brought about before anything looks at the store. */
export interface Upkeep {
  /** Cheap when nothing is due and nothing changed since the last time. */
  settle(now: number): void;
}

const changes: readonly DueChange[] = [keyDeletion, keyRotation, keyStoreConnection, materialExpiry];

export function upkeepOf(parts: UpkeepParts): Upkeep {
  const { store } = parts;
  let seen = -1;
  let nextAt = Infinity;
  const look = (): void => {
    seen = store.revision();
    nextAt = Math.min(...changes.map((change) => change.next(store) ?? Infinity));
  };
  return {
    settle(now) {
      if (store.revision() !== seen) look();
      if (now < nextAt) return;
      for (const change of changes) change.settle(parts, now);
      look();
    },
  };
}
