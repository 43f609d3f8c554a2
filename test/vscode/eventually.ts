import { setTimeout as delay } from 'node:timers/promises';

/** Waits until something is so. Rejects after five seconds, with its name. */
export async function eventually(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 5000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Waited for five seconds for ${what}.`);
    await delay(30);
  }
}
