import assert from 'node:assert/strict';
import type { KeyTarget } from '../../src/core/kms/keyTarget.ts';
import { openLink } from '../../src/features/explorer/openLink.ts';

const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('A link to a key', () => {
  const follow = async (path: string, answer: boolean) => {
    const asked: string[] = [];
    const opened: KeyTarget[] = [];
    await openLink(
      path,
      (name) => {
        asked.push(name);
        return Promise.resolve(answer);
      },
      (key) => {
        opened.push(key);
        return Promise.resolve();
      },
    );
    return { asked, opened };
  };

  it('opens the key once the user agrees, who is shown which one', async () => {
    const { asked, opened } = await follow(`/key/${arn}`, true);
    assert.deepEqual(asked, [arn]);
    assert.deepEqual(opened, [{ region: 'eu-west-1', keyId: '1234abcd-12ab-34cd-56ef-1234567890ab', arn, aliasName: undefined }]);
  });

  it('opens nothing when the user does not', async () => {
    assert.deepEqual((await follow(`/key/${arn}`, false)).opened, []);
  });

  for (const path of ['', '/', '/key/', '/key/alias/app', `/key/${arn.replace('key/1234abcd-12ab-34cd-56ef-1234567890ab', 'alias/app')}`, `/run/${arn}`, `/key/${arn}/../x`, `/key/${arn} && rm`]) {
    it(`is refused when its path is ${JSON.stringify(path)}`, () => assert.rejects(follow(path, true), { code: 'INVALID_REQUEST' }));
  }
});
