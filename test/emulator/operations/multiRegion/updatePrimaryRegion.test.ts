import assert from 'node:assert/strict';
import {
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetKeyRotationStatusCommand,
  ReplicateKeyCommand,
  ScheduleKeyDeletionCommand,
  UpdatePrimaryRegionCommand,
} from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../../emulatorProcess.ts';
import { assertRefused } from '../../support/refusal.ts';
import { type KeyRing, makeKeyRing, passSeconds, type Region, regions } from './keyRing.ts';

describe('The primary Region', () => {
  let emulator: EmulatorProcess;
  let ring: KeyRing;
  before(async () => {
    emulator = await startEmulator();
  });
  beforeEach(async () => {
    ring = await makeKeyRing(emulator);
  });
  after(() => emulator.stop());

  const move = (to: string | undefined, from: Region = 'us-east-1'): Promise<unknown> =>
    ring.client(from).send(new UpdatePrimaryRegionCommand({ KeyId: ring.keyId, PrimaryRegion: to }));
  const states = () => Promise.all(regions.map(async (region) => (await ring.describe(region)).KeyState));

  it('moves, and every Region knows', async () => {
    await move('eu-west-1');
    for (const region of regions) {
      const { MultiRegionConfiguration: found } = await ring.describe(region);
      assert.equal(found!.MultiRegionKeyType, region === 'eu-west-1' ? 'PRIMARY' : 'REPLICA');
      assert.deepEqual(found!.PrimaryKey, { Arn: ring.arn('eu-west-1'), Region: 'eu-west-1' });
      assert.deepEqual(found!.ReplicaKeys!.map(({ Region }) => Region), ['ap-southeast-2', 'us-east-1']);
    }
  });

  it('is updated for a moment, in which the two keys are used and not managed', async () => {
    await passSeconds(emulator, 120);
    await move('eu-west-1');
    await passSeconds(emulator, -60);
    assert.deepEqual(await states(), ['Updating', 'Updating', 'Enabled']);
    for (const region of ['us-east-1', 'eu-west-1'] as const) {
      const client = ring.client(region);
      await client.send(new EncryptCommand({ KeyId: ring.keyId, Plaintext: Buffer.from('x') }));
      const refused = `${ring.arn(region)} is updating.`;
      await assertRefused(client.send(new DisableKeyCommand({ KeyId: ring.keyId })), 'KMSInvalidStateException', refused);
      await assertRefused(client.send(new ScheduleKeyDeletionCommand({ KeyId: ring.keyId })), 'KMSInvalidStateException', refused);
    }
    const again = ring.client('eu-west-1').send(new ReplicateKeyCommand({ KeyId: ring.keyId, ReplicaRegion: 'us-west-2' }));
    await assertRefused(again, 'KMSInvalidStateException', `${ring.arn('eu-west-1')} is updating.`);
    await passSeconds(emulator, 61);
    assert.deepEqual(await states(), ['Enabled', 'Enabled', 'Enabled']);
  });

  it('decides where the key is replicated from', async () => {
    await move('ap-southeast-2');
    await passSeconds(emulator, 1);
    const replicate = new ReplicateKeyCommand({ KeyId: ring.keyId, ReplicaRegion: 'us-west-2' });
    await assertRefused(ring.client('us-east-1').send(replicate), 'UnsupportedOperationException', `${ring.arn('us-east-1')} is not a multi-region primary key.`);
    const { ReplicaKeyMetadata } = await ring.client('ap-southeast-2').send(replicate);
    assert.equal(ReplicaKeyMetadata!.MultiRegionConfiguration!.PrimaryKey!.Region, 'ap-southeast-2');
  });

  it('goes round all of the Regions and comes back', async () => {
    for (const [from, to] of [['us-east-1', 'eu-west-1'], ['eu-west-1', 'ap-southeast-2'], ['ap-southeast-2', 'us-east-1']] as const) {
      await move(to, from);
      await passSeconds(emulator, 1);
    }
    assert.equal((await ring.describe('us-east-1')).MultiRegionConfiguration!.MultiRegionKeyType, 'PRIMARY');
  });

  it('takes the rotation schedule with it', async () => {
    const { keyId: KeyId } = ring;
    const status = async (region: Region): Promise<unknown> => {
      const { KeyRotationEnabled, RotationPeriodInDays, NextRotationDate } = await ring.client(region).send(new GetKeyRotationStatusCommand({ KeyId }));
      return [KeyRotationEnabled, RotationPeriodInDays, NextRotationDate];
    };
    await ring.client('us-east-1').send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 100 }));
    const before = await status('us-east-1');
    await move('eu-west-1');
    for (const region of regions) assert.deepEqual(await status(region), before);
    await passSeconds(emulator, 1);
    await assertRefused(ring.client('us-east-1').send(new EnableKeyRotationCommand({ KeyId })), 'UnsupportedOperationException', `${ring.arn('us-east-1')} is not a multi-region primary key.`);
    await ring.client('eu-west-1').send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 200 }));
  });

  const nothing = (): Promise<unknown> => Promise.resolve();
  type Refusal = readonly [title: string, prepare: () => Promise<unknown>, to: string | undefined, name: string, message: () => string | RegExp, from?: Region];
  const refusals: readonly Refusal[] = [
    ['from a replica', nothing, 'ap-southeast-2', 'UnsupportedOperationException', () => `${ring.arn('eu-west-1')} is not a multi-region primary key.`, 'eu-west-1'],
    ['to where it is', nothing, 'us-east-1', 'UnsupportedOperationException', () => `${ring.arn('us-east-1')} is the multi-region primary key already.`],
    ['to a Region without a replica', nothing, 'us-west-2', 'NotFoundException', () => `Key 'arn:aws:kms:us-west-2:111122223333:key/${ring.keyId}' does not exist`],
    ['to a text that is no Region', nothing, 'Paris', 'ValidationException', () => /^1 validation error detected: Value 'Paris' at 'primaryRegion' failed to satisfy constraint/],
    ['nowhere', nothing, undefined, 'ValidationException', () => "1 validation error detected: Value null at 'primaryRegion' failed to satisfy constraint: Member must not be null"],
    ['from a disabled key', () => ring.client('us-east-1').send(new DisableKeyCommand({ KeyId: ring.keyId })), 'eu-west-1', 'DisabledException', () => `${ring.arn('us-east-1')} is disabled.`],
    ['to a disabled key', () => ring.client('eu-west-1').send(new DisableKeyCommand({ KeyId: ring.keyId })), 'eu-west-1', 'DisabledException', () => `${ring.arn('eu-west-1')} is disabled.`],
    ['to a key that is pending deletion', () => ring.client('eu-west-1').send(new ScheduleKeyDeletionCommand({ KeyId: ring.keyId })), 'eu-west-1', 'KMSInvalidStateException', () => `${ring.arn('eu-west-1')} is pending deletion.`],
    ['from a key that waits for the deletion of its replicas', () => ring.client('us-east-1').send(new ScheduleKeyDeletionCommand({ KeyId: ring.keyId })), 'eu-west-1', 'KMSInvalidStateException', () => `${ring.arn('us-east-1')} is pending deletion.`],
  ];
  for (const [title, prepare, to, name, message, from] of refusals) {
    it(`does not move ${title}: ${name}`, async () => {
      await prepare();
      await assertRefused(move(to, from), name, message());
      assert.equal((await ring.describe('ap-southeast-2')).MultiRegionConfiguration!.PrimaryKey!.Region, 'us-east-1');
    });
  }

  it('is not there for a single-Region key', async () => {
    const { KeyMetadata } = await emulator.client().send(new CreateKeyCommand({}));
    const update = new UpdatePrimaryRegionCommand({ KeyId: KeyMetadata!.KeyId, PrimaryRegion: 'eu-west-1' });
    await assertRefused(emulator.client().send(update), 'UnsupportedOperationException', `${KeyMetadata!.Arn!} is not a multi-region primary key.`);
  });
});
