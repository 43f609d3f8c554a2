import { KmsExplorerError } from '../errorCode.ts';

/** How often an item is tried again after KMS throttled it, each time after the SDK's own retries. */
const mostAttempts = 4;

/**
 * Does a task for every item, at most `most` at once. When KMS throttles, half as many are under way from then on, and
 * the item comes again later; after as many successes as are allowed at once, one more is. Any other failure ends
 * nothing: the task deals with its own. Ends early when `signal` is aborted.
 */
export async function workAdaptively<Item>(
  items: readonly Item[],
  most: number,
  task: (item: Item) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const waiting = items.map((item) => ({ item, attempts: 0 }));
  const running = new Set<Promise<void>>();
  let allowed = most;
  let successes = 0;

  const perform = async (work: (typeof waiting)[number]): Promise<void> => {
    try {
      await task(work.item);
      successes += 1;
      if (successes < allowed) return;
      allowed = Math.min(most, allowed + 1);
    } catch (error) {
      if (!(error instanceof KmsExplorerError) || error.code !== 'THROTTLED') throw error;
      allowed = Math.max(1, Math.floor(allowed / 2));
      if (work.attempts + 1 < mostAttempts) waiting.push({ item: work.item, attempts: work.attempts + 1 });
    }
    successes = 0;
  };
  const begin = (work: (typeof waiting)[number]): void => {
    const performing = perform(work).finally(() => running.delete(performing));
    running.add(performing);
  };
  for (;;) {
    while (running.size < allowed && !signal.aborted) {
      const next = waiting.shift();
      if (next === undefined) break;
      begin(next);
    }
    if (running.size === 0) return;
    await Promise.race(running);
  }
}
