import type { Store } from '../store/store.ts';
import type { KeyUsageRow } from '../store/tables/keyUsageTable.ts';

/**
 * The last use of each key. It is kept in memory first, so that no cryptographic operation waits for the disk; a process
 * that is killed forgets the uses of the last seconds.
 */
export interface LastUsage {
  note(usage: KeyUsageRow): void;
  of(keyArn: string): KeyUsageRow | undefined;
  /** Writes what is not in the store yet. */
  flush(): void;
  /** Drops what is not in the store yet, when the store gets another content. */
  forget(): void;
}

const writeDelay = 3000;

export function lastUsageIn(store: Store): LastUsage {
  let unwritten = new Map<string, KeyUsageRow>();
  let timer: NodeJS.Timeout | undefined;

  const forget = (): void => {
    clearTimeout(timer);
    timer = undefined;
    unwritten = new Map();
  };
  const flush = (): void => {
    if (unwritten.size === 0) return;
    store.transaction(() => {
      for (const usage of unwritten.values()) store.keyUsage.put(usage);
    });
    forget();
  };
  const flushLater = (): void => {
    timer = undefined;
    try {
      flush();
    } catch {
      // A disk that is full is told to the next call that changes something; the next use of a key tries again.
    }
  };
  return {
    note(usage) {
      unwritten.set(usage.keyArn, usage);
      timer ??= setTimeout(flushLater, writeDelay).unref();
    },
    of: (keyArn) => unwritten.get(keyArn) ?? store.keyUsage.find(keyArn),
    flush,
    forget,
  };
}
