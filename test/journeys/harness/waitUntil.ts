import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the check gives a value that is not null. Throws with `what` after the time (milliseconds). */
export async function waitUntil<T>(what: string, check: () => Promise<T | null>, timeout = 15_000): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await check();
    if (value !== null) return value;
    if (Date.now() > end) throw new Error(`After ${timeout} ms there was still not: ${what}.`);
    await delay(50);
  }
}
