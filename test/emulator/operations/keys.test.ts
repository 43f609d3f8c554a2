import assert from 'node:assert/strict';
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeyPoliciesCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateKeyDescriptionCommand,
} from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { administer } from '../support/rawRequest.ts';
import { assertRefused } from '../support/refusal.ts';
import { sampleSeed } from '../support/sampleSeed.ts';

const day = 86_400;

describe('Keys', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator({ seed: sampleSeed });
    kms = emulator.client();
  });
  after(() => emulator.stop());

  const create = async (): Promise<string> => (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.KeyId!;
  const stateOf = async (KeyId: string): Promise<string> => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.KeyState!;

  it('are described as they were created', async () => {
    const { KeyMetadata: made } = await kms.send(new CreateKeyCommand({ Description: 'd', MultiRegion: true }));
    const { KeyMetadata: found } = await kms.send(new DescribeKeyCommand({ KeyId: made!.Arn! }));
    assert.deepEqual(found, made);
    assert.match(made!.KeyId!, /^mrk-[0-9a-f]{32}$/);
    assert.deepEqual(made!.MultiRegionConfiguration, {
      MultiRegionKeyType: 'PRIMARY',
      PrimaryKey: { Arn: made!.Arn, Region: 'us-east-1' },
      ReplicaKeys: [],
    });
  });

  it('wait for their material when it comes from outside', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL' }));
    assert.deepEqual([KeyMetadata!.KeyState, KeyMetadata!.Enabled, KeyMetadata!.CurrentKeyMaterialId], ['PendingImport', false, undefined]);
  });

  it('are disabled, enabled and described anew', async () => {
    const KeyId = await create();
    await kms.send(new DisableKeyCommand({ KeyId }));
    assert.equal(await stateOf(KeyId), 'Disabled');
    await kms.send(new EnableKeyCommand({ KeyId }));
    await kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'new' }));
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    assert.deepEqual([KeyMetadata!.KeyState, KeyMetadata!.Description], ['Enabled', 'new']);
  });

  it('are disabled when their deletion is cancelled', async () => {
    const KeyId = await create();
    const scheduled = await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    assert.deepEqual([scheduled.KeyState, scheduled.PendingWindowInDays], ['PendingDeletion', 7]);
    assert.equal(Math.round((scheduled.DeletionDate!.getTime() - Date.now()) / 1000 / day), 7);
    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    assert.equal(await stateOf(KeyId), 'Disabled');
  });

  it('keep tags by key, the last value winning', async () => {
    const KeyId = await create();
    await kms.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'a', TagValue: '1' }, { TagKey: 'b', TagValue: '' }] }));
    await kms.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'a', TagValue: '2' }] }));
    await kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['b', 'c'] }));
    const { Tags } = await kms.send(new ListResourceTagsCommand({ KeyId }));
    assert.deepEqual(Tags, [{ TagKey: 'a', TagValue: '2' }]);
  });

  it('are found by aliases that move and go', async () => {
    const [one, two] = [await create(), await create()];
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/moving', TargetKeyId: one }));
    await kms.send(new UpdateAliasCommand({ AliasName: 'alias/moving', TargetKeyId: two }));
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'arn:aws:kms:us-east-1:111122223333:alias/moving' }));
    assert.equal(KeyMetadata!.KeyId, two);
    await kms.send(new DeleteAliasCommand({ AliasName: 'alias/moving' }));
    await assertRefused(kms.send(new DescribeKeyCommand({ KeyId: 'alias/moving' })), 'NotFoundException', /is not found\.$/);
  });

  it('keep their policy byte for byte', async () => {
    const KeyId = await create();
    const Policy = '{\r\n\t"Statement" : {"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*","Sid":"ü"} }  ';
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy, PolicyName: 'default' }));
    assert.equal((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy, Policy);
    assert.deepEqual((await kms.send(new ListKeyPoliciesCommand({ KeyId }))).PolicyNames, ['default']);
  });

  it('say when they rotate next', async () => {
    const KeyId = await create();
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    const on = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    assert.deepEqual([on.KeyRotationEnabled, on.RotationPeriodInDays], [true, 90]);
    assert.equal(Math.round((on.NextRotationDate!.getTime() - Date.now()) / 1000 / day), 90);
    await kms.send(new DisableKeyRotationCommand({ KeyId }));
    assert.equal((await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled, false);
  });

  it('of a service are made when first looked at, and stay', async () => {
    const targetOf = async (): Promise<string | undefined> =>
      (await kms.send(new ListAliasesCommand({ Limit: 100 }))).Aliases!.find(({ AliasName }) => AliasName === 'alias/aws/rds')?.TargetKeyId;
    assert.equal(await targetOf(), undefined);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/rds' }));
    assert.deepEqual([KeyMetadata!.KeyManager, KeyMetadata!.Description], ['AWS', 'Default key that protects my RDS database volumes when no other key is defined']);
    assert.equal(await targetOf(), KeyMetadata!.KeyId);
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId: KeyMetadata!.KeyId }));
    assert.match(Policy!, /"kms:ViaService":"rds\.us-east-1\.amazonaws\.com"/);
  });

  it('are gone with their aliases when the moved clock passes the waiting period, and a reset brings the seed back', async () => {
    const KeyId = await create();
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/leaving', TargetKeyId: KeyId }));
    await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    assert.equal((await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 6 * day })).status, 200);
    assert.equal(await stateOf(KeyId), 'PendingDeletion');
    await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 2 * day });
    await assertRefused(stateOf(KeyId), 'NotFoundException', /does not exist$/);
    await assertRefused(stateOf('alias/leaving'), 'NotFoundException', /is not found\.$/);

    const reset = await administer(emulator.ready, '/_emulator/reset', {});
    assert.equal(reset.status, 200, reset.body);
    assert.equal(await stateOf('alias/orders/config'), 'Enabled');
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    assert.ok(Math.abs(KeyMetadata!.CreationDate!.getTime() - Date.now()) < 60_000);
  });

  it('come back as they were from a snapshot, and from no other text', async () => {
    const KeyId = await create();
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/kept', TargetKeyId: KeyId }));
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('kept') }));
    const taken = await administer(emulator.ready, '/_emulator/snapshot', {}, 'GET');
    const { snapshot } = JSON.parse(taken.body) as { snapshot: string };
    await administer(emulator.ready, '/_emulator/reset', {});
    await assertRefused(stateOf(KeyId), 'NotFoundException', /does not exist$/);

    const damaged = await administer(emulator.ready, '/_emulator/snapshot', { snapshot: `${snapshot.startsWith('A') ? 'B' : 'A'}${snapshot.slice(1)}` }, 'PUT');
    assert.match(damaged.body, /ValidationException.*The snapshot is damaged/);
    const restored = await administer(emulator.ready, '/_emulator/snapshot', { snapshot }, 'PUT');
    assert.equal(restored.status, 200, restored.body);
    assert.equal(await stateOf('alias/kept'), 'Enabled');
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob }));
    assert.equal(Buffer.from(Plaintext!).toString(), 'kept');
  });

  it('are administered by the first account\'s root alone', async () => {
    const stranger = { ...emulator.ready, accessKeyId: 'nobody' };
    assert.match((await administer(stranger, '/_emulator/reset', {})).body, /UnrecognizedClientException/);
  });
});
