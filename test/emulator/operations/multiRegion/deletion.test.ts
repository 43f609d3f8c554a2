import assert from 'node:assert/strict';
import {
  CancelKeyDeletionCommand,
  DecryptCommand,
  EncryptCommand,
  GetKeyPolicyCommand,
  NotFoundException,
  ScheduleKeyDeletionCommand,
  type ScheduleKeyDeletionCommandOutput,
} from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../../emulatorProcess.ts';
import { withDataFolder } from '../../support/dataFolder.ts';
import { assertRefused } from '../../support/refusal.ts';
import { type KeyRing, keyRing, makeKeyRing, passSeconds, type Region, regions } from './keyRing.ts';

const day = 86_400;

describe('The deletion of a multi-Region key', () => {
  let emulator: EmulatorProcess;
  let ring: KeyRing;
  before(async () => {
    emulator = await startEmulator();
  });
  beforeEach(async () => {
    ring = await makeKeyRing(emulator);
  });
  after(() => emulator.stop());

  const schedule = (region: Region, days: number): Promise<ScheduleKeyDeletionCommandOutput> =>
    ring.client(region).send(new ScheduleKeyDeletionCommand({ KeyId: ring.keyId, PendingWindowInDays: days }));
  const cancel = (region: Region): Promise<unknown> => ring.client(region).send(new CancelKeyDeletionCommand({ KeyId: ring.keyId }));
  const passDays = (days: number): Promise<void> => passSeconds(emulator, days * day);
  /** The state of the key in each Region, undefined where it is gone. */
  const states = (): Promise<(string | undefined)[]> =>
    Promise.all(
      regions.map((region) =>
        ring.describe(region).then(
          ({ KeyState }) => KeyState,
          (error: unknown) => {
            assert.ok(error instanceof NotFoundException);
            return undefined;
          },
        ),
      ),
    );

  it('begins for the primary when the last replica is gone', async () => {
    const { $metadata, ...scheduled } = await schedule('us-east-1', 9);
    assert.equal($metadata.httpStatusCode, 200);
    assert.deepEqual(scheduled, { KeyId: ring.arn('us-east-1'), KeyState: 'PendingReplicaDeletion', PendingWindowInDays: 9 });
    const waiting = await ring.describe('us-east-1');
    assert.deepEqual([waiting.KeyState, waiting.Enabled, waiting.DeletionDate, waiting.PendingDeletionWindowInDays], ['PendingReplicaDeletion', false, undefined, 9]);
    await passDays(400);
    assert.deepEqual(await states(), ['PendingReplicaDeletion', 'Enabled', 'Enabled']);

    await schedule('eu-west-1', 7);
    const { DeletionDate: last } = await schedule('ap-southeast-2', 10);
    await passDays(8);
    assert.deepEqual(await states(), ['PendingReplicaDeletion', undefined, 'PendingDeletion']);
    await passDays(3);
    const { KeyState, DeletionDate, PendingDeletionWindowInDays } = await ring.describe('us-east-1');
    assert.deepEqual([KeyState, PendingDeletionWindowInDays], ['PendingDeletion', undefined]);
    assert.equal(DeletionDate!.getTime(), last!.getTime() + 9 * day * 1000);
    await passDays(9);
    assert.deepEqual(await states(), [undefined, undefined, undefined]);
  });

  it('comes to its end at once when enough time passes at once', async () => {
    await schedule('us-east-1', 30);
    await schedule('eu-west-1', 30);
    await schedule('ap-southeast-2', 7);
    await passDays(61);
    assert.deepEqual(await states(), [undefined, undefined, undefined]);
  });

  it('leaves the replicas in use while the primary waits', async () => {
    const { CiphertextBlob } = await ring.client('us-east-1').send(new EncryptCommand({ KeyId: ring.keyId, Plaintext: Buffer.from('x') }));
    await schedule('us-east-1', 7);
    await assertRefused(ring.client('us-east-1').send(new DecryptCommand({ CiphertextBlob })), 'KMSInvalidStateException', `${ring.arn('us-east-1')} is pending deletion.`);
    await assertRefused(schedule('us-east-1', 7), 'KMSInvalidStateException', `${ring.arn('us-east-1')} is pending deletion.`);
    const { Plaintext } = await ring.client('eu-west-1').send(new DecryptCommand({ CiphertextBlob }));
    assert.equal(Buffer.from(Plaintext!).toString(), 'x');
    await ring.client('us-east-1').send(new GetKeyPolicyCommand({ KeyId: ring.keyId }));
  });

  it('is cancelled for the primary, which the end of its replicas leaves alone then', async () => {
    await schedule('us-east-1', 7);
    await cancel('us-east-1');
    const { KeyState, PendingDeletionWindowInDays } = await ring.describe('us-east-1');
    assert.deepEqual([KeyState, PendingDeletionWindowInDays], ['Disabled', undefined]);
    await assertRefused(cancel('us-east-1'), 'KMSInvalidStateException', `${ring.arn('us-east-1')} is not pending deletion.`);
    await schedule('eu-west-1', 7);
    await schedule('ap-southeast-2', 7);
    await passDays(100);
    assert.deepEqual(await states(), ['Disabled', undefined, undefined]);
    assert.deepEqual((await ring.describe('us-east-1')).MultiRegionConfiguration!.ReplicaKeys, []);
  });

  it('is cancelled for the last replica, and the primary goes on waiting', async () => {
    await schedule('us-east-1', 7);
    await schedule('eu-west-1', 7);
    await schedule('ap-southeast-2', 8);
    await passDays(7.5);
    await cancel('ap-southeast-2');
    await passDays(100);
    assert.deepEqual(await states(), ['PendingReplicaDeletion', undefined, 'Disabled']);
  });

  it('is cancelled for the primary after its replicas are gone', async () => {
    await schedule('us-east-1', 7);
    await schedule('eu-west-1', 7);
    await schedule('ap-southeast-2', 7);
    await passDays(8);
    await cancel('us-east-1');
    await passDays(100);
    assert.deepEqual(await states(), ['Disabled', undefined, undefined]);
  });

  it('has a date at once for a primary without replicas', async () => {
    await schedule('eu-west-1', 7);
    await schedule('ap-southeast-2', 7);
    await passDays(8);
    const { KeyState, DeletionDate } = await schedule('us-east-1', 7);
    assert.equal(KeyState, 'PendingDeletion');
    assert.ok(DeletionDate instanceof Date);
  });
});

describe('A primary key that waits for its replicas', () => {
  it('waits on after a restart', () =>
    withDataFolder(async (folder) => {
      const first = await startEmulator({ args: ['--data', folder] });
      const { keyId: KeyId } = await makeKeyRing(first);
      await first.client('us-east-1').send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
      for (const region of ['eu-west-1', 'ap-southeast-2']) await first.client(region).send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
      await first.stop();
      const second = await startEmulator({ args: ['--data', folder] });
      const ring = keyRing(second, KeyId);
      assert.equal((await ring.describe('us-east-1')).KeyState, 'PendingReplicaDeletion');
      await passSeconds(second, 8 * day);
      assert.equal((await ring.describe('us-east-1')).KeyState, 'PendingDeletion');
      await second.stop();
    }));
});
