import type { MaterialVault } from '../crypto/materialVault.ts';
import type { Store } from '../store/store.ts';

/** What a change that time brings about works with. */
export interface UpkeepParts {
  readonly store: Store;
  readonly vault: MaterialVault;
}

/** A kind of change that time brings about by itself, such as the end of a key's waiting period. */
export interface DueChange {
  /** When the next one is due, in epoch milliseconds, or undefined when none is waiting. */
  next(store: Store): number | undefined;
  /** Makes every change that is due at `now`. */
  settle(parts: UpkeepParts, now: number): void;
}
