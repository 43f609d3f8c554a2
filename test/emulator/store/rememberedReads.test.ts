import assert from 'node:assert/strict';
import { rememberedReads } from '../../../src/emulator/store/rememberedReads.ts';
import { openStore } from '../../../src/emulator/store/store.ts';

describe('Remembered reads', () => {
  it('are done once for the same arguments between two changes, whatever they gave', () => {
    let revision = 0;
    let reads = 0;
    const read = rememberedReads(() => revision, 10).of((a: string, b: string): string | undefined => {
      reads += 1;
      return a === '' ? undefined : `${a}-${b}`;
    });
    assert.deepEqual([read('a', 'b'), read('a', 'b'), read('', 'b'), read('', 'b'), read('a', 'c')], ['a-b', 'a-b', undefined, undefined, 'a-c']);
    assert.equal(reads, 3);
    revision += 1;
    assert.equal(read('a', 'b'), 'a-b');
    assert.equal(reads, 4);
  });

  it('do not grow without bounds', () => {
    const results: object[] = [];
    const read = rememberedReads(() => 0, 3).of((name: string) => {
      results.push({ name });
      return results.at(-1)!;
    });
    for (let round = 0; round < 100; round += 1) read(round.toString());
    assert.notEqual(read('0'), results[0]);
  });

  it('do not outlive a transaction that was undone', () => {
    const store = openStore(':memory:');
    const find = () => store.aliases.find('111122223333', 'eu-west-1', 'alias/a');
    assert.equal(find(), undefined);
    assert.throws(() =>
      store.transaction(() => {
        const key = { arn: 'k', accountId: '111122223333', region: 'eu-west-1', keyId: 'k', spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS', manager: 'CUSTOMER', description: '', enabled: true, policy: '', createdAt: 0 } as const;
        const unset = { deletionAt: undefined, deletionWindowDays: undefined, primaryRegion: undefined, rotationPeriodDays: undefined, nextRotationAt: undefined, transient: undefined, storeId: undefined, xksKeyId: undefined };
        store.keys.insert({ ...key, ...unset });
        store.aliases.insert({ accountId: '111122223333', region: 'eu-west-1', name: 'alias/a', keyArn: 'k', createdAt: 0, updatedAt: 0 });
        assert.equal(find()?.keyArn, 'k');
        assert.equal(store.keys.find('k')?.keyId, 'k');
        throw new Error('undo');
      }),
    );
    assert.equal(find(), undefined);
    assert.equal(store.keys.find('k'), undefined);
    store.close();
  });
});
