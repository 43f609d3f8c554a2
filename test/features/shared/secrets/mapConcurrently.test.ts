import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { mapConcurrently } from '../../../../src/features/shared/secrets/mapConcurrently.ts';

describe('Tasks side by side', () => {
  it('give their results in the order of the items, whichever ends first', async () => {
    assert.deepEqual(await mapConcurrently([30, 1, 10], 3, async (wait) => delay(wait, wait * 2)), [60, 2, 20]);
  });

  it('are as many at once as allowed, and no more', async () => {
    let running = 0;
    let most = 0;
    await mapConcurrently(Array.from({ length: 20 }), 4, async () => {
      running += 1;
      most = Math.max(most, running);
      await delay(1);
      running -= 1;
    });
    assert.equal(most, 4);
  });

  it('are not begun after one of them failed', async () => {
    const begun: number[] = [];
    const run = mapConcurrently([1, 2, 3, 4, 5, 6], 2, async (item) => {
      begun.push(item);
      await delay(item);
      if (item === 1) throw new Error('the first failed');
    });
    await assert.rejects(run, /the first failed/);
    await delay(20);
    assert.deepEqual(begun, [1, 2]);
  });

  it('may be none', async () => {
    assert.deepEqual(await mapConcurrently([], 4, () => Promise.resolve(1)), []);
  });
});
