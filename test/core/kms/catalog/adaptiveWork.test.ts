import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { workAdaptively } from '../../../../src/core/kms/catalog/adaptiveWork.ts';
import { KmsExplorerError } from '../../../../src/core/kms/errorCode.ts';

const never = new AbortController().signal;
const items = Array.from({ length: 60 }, (_, index) => index);

/** Does the items, and tells how often each was tried and how many were under way at most after a throttle. */
async function observe(throttles: (item: number, attempt: number) => boolean) {
  const attempts = new Map<number, number>();
  const peaks: number[] = [];
  let running = 0;
  await workAdaptively(
    items,
    8,
    async (item) => {
      running += 1;
      peaks.push(running);
      await turn();
      running -= 1;
      const attempt = (attempts.get(item) ?? 0) + 1;
      attempts.set(item, attempt);
      if (throttles(item, attempt)) throw new KmsExplorerError('THROTTLED', 'slower');
    },
    never,
  );
  return { attempts, peaks };
}

describe('Adaptive work', () => {
  it('does every item once when nothing is throttled, as many at once as allowed', async () => {
    const { attempts, peaks } = await observe(() => false);
    assert.deepEqual([...attempts.values()], items.map(() => 1));
    assert.equal(Math.max(...peaks), 8);
  });

  it('tries what was throttled again, with fewer at once', async () => {
    const { attempts, peaks } = await observe((item, attempt) => item < 8 && attempt === 1);
    assert.deepEqual(items.map((item) => attempts.get(item)), items.map((item) => (item < 8 ? 2 : 1)));
    assert.ok(Math.max(...peaks.slice(8, 20)) < 8, peaks.join());
  });

  it('gives an item up that is throttled again and again, and does the others', async () => {
    const { attempts } = await observe((item) => item === 3);
    assert.equal(attempts.get(3), 4);
    assert.equal(attempts.size, items.length);
  });

  it('begins nothing after it was cancelled', async () => {
    const controller = new AbortController();
    let begun = 0;
    const task = async (): Promise<void> => {
      begun += 1;
      if (begun === 8) controller.abort();
      await turn();
    };
    await workAdaptively(items, 8, task, controller.signal);
    assert.equal(begun, 8);
  });

  it('rejects with what is no throttling', async () => {
    await assert.rejects(workAdaptively([1], 8, () => Promise.reject(new Error('no')), never), /no/);
  });
});
