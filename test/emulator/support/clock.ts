import assert from 'node:assert/strict';
import type { ReadyEvent } from '../../../src/protocol/emulator.ts';
import { administer } from './rawRequest.ts';

const daySeconds = 86_400;

/** Moves the emulator's clock on by so many days, and gives the time it shows then. */
export async function passDays(ready: ReadyEvent, days: number): Promise<Date> {
  const answer = await administer(ready, '/_emulator/clock', { advanceSeconds: days * daySeconds });
  assert.equal(answer.status, 200, answer.body);
  const { now } = JSON.parse(answer.body) as { now: string };
  return new Date(now);
}
