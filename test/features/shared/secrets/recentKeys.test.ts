import assert from 'node:assert/strict';
import { recentKeys, rememberKey } from '../../../../src/features/shared/secrets/recentKeys.ts';

type State = Parameters<typeof recentKeys>[0];

function memoryState(): State {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: (key: string, fallback?: unknown) => values.get(key) ?? fallback,
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  } as State;
}

const identity = (accountId: string, endpoint = 'https://kms.eu-west-1.amazonaws.com') => ({
  accountId,
  callerArn: `arn:aws:iam::${accountId}:root`,
  endpoint,
  isEmulator: false,
});

describe('The keys used last', () => {
  it('are those of the account at the endpoint alone', async () => {
    const state = memoryState();
    await rememberKey(state, identity('111122223333'), 'arn:one');
    assert.deepEqual(recentKeys(state, identity('111122223333')), ['arn:one']);
    assert.deepEqual(recentKeys(state, identity('444455556666')), []);
    assert.deepEqual(recentKeys(state, identity('111122223333', 'http://127.0.0.1:4599')), []);
  });

  it('are in the order of use, each once, and five at most', async () => {
    const state = memoryState();
    const owner = identity('111122223333');
    for (const name of ['a', 'b', 'c', 'a', 'd', 'e', 'f']) await rememberKey(state, owner, `arn:${name}`);
    assert.deepEqual(recentKeys(state, owner), ['arn:f', 'arn:e', 'arn:d', 'arn:a', 'arn:c']);
  });
});
