import assert from 'node:assert/strict';
import type { EncryptedPlace } from '../../../../src/core/secrets/detect/findEncrypted.ts';
import { groupSecrets } from '../../../../src/features/secretFiles/view/groupSecrets.ts';

const place = (name: string, keyHash?: string, keys: readonly string[] = []): EncryptedPlace => ({ keyPath: [name], offset: 0, format: 'bare', keys, keyHash });

describe('encrypted values by their keys', () => {
  const learned = (hash: string | undefined) => (hash === 'aa' || hash === 'bb' ? 'arn:one' : undefined);

  it('have those of an unnamed key apart from others, behind the named keys', () => {
    const groups = groupSecrets([place('a', 'dd'), place('b', 'cc'), place('c', 'dd'), place('d', undefined, ['arn:two'])], learned);
    assert.deepEqual(
      groups.map(({ key, keyHash, secrets }) => [key, keyHash, secrets.map(({ keyPath }) => keyPath[0])]),
      [['arn:two', undefined, ['d']], [undefined, 'cc', ['b']], [undefined, 'dd', ['a', 'c']]],
    );
  });

  it('are together when the materials are of one key', () => {
    const groups = groupSecrets([place('a', 'aa'), place('b', 'bb'), place('c', undefined, ['arn:one'])], learned);
    assert.deepEqual(groups.map(({ key, secrets }) => [key, secrets.length]), [['arn:one', 3]]);
  });

  it('are found under each of several keys', () => {
    const groups = groupSecrets([place('file', undefined, ['arn:b', 'arn:a'])], learned);
    assert.deepEqual(groups.map(({ key, secrets }) => [key, secrets.length]), [['arn:a', 1], ['arn:b', 1]]);
  });
});
