import assert from 'node:assert/strict';
import {
  CreateGrantCommand,
  DescribeKeyCommand,
  GetKeyRotationStatusCommand,
  ListGrantsCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  ReplicateKeyCommand,
  RevokeGrantCommand,
  ScheduleKeyDeletionCommand,
  UpdatePrimaryRegionCommand,
} from '@aws-sdk/client-kms';
import { readSeed } from '../../../src/emulator/seed/readSeed.ts';
import { StartFailure } from '../../../src/emulator/startFailure.ts';
import { EmulatorStartError, startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { withDataFolder } from '../support/dataFolder.ts';
import { administer } from '../support/rawRequest.ts';
import { withSeed } from '../support/seedFile.ts';

const role = 'arn:aws:iam::111122223333:role/app';
const KeyId = `mrk-${'a'.repeat(32)}`;
const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];
const grants = [
  { GranteePrincipal: role, Operations: ['Decrypt', 'DescribeKey'], Name: 'reader', Constraints: { EncryptionContextEquals: { app: 'orders' } } },
  {
    GranteeServicePrincipal: 'dynamodb.amazonaws.com',
    RetiringPrincipal: role,
    Operations: ['Encrypt'],
    Constraints: { SourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/orders' },
  },
];
const key = { id: KeyId, spec: 'SYMMETRIC_DEFAULT', replicas: regions.slice(1), tags: { team: 'a' }, rotationPeriodDays: 100, grants };

async function grantsOf(emulator: EmulatorProcess, region: string) {
  return (await emulator.client(region).send(new ListGrantsCommand({ KeyId }))).Grants!;
}

async function startFailure(seed: string, data: string): Promise<string> {
  const started: unknown = await startEmulator({ seed, args: ['--data', data] }).catch((error: unknown) => error);
  assert.ok(started instanceof EmulatorStartError);
  assert.equal(started.failed.code, 'BAD_SEED');
  return started.failed.message;
}

describe('A multi-Region key of a seed', () => {
  it('is ready in each of its Regions with its tags, its grants and its rotation', () =>
    withSeed({ keys: [key] }, async (seed) => {
      const emulator = await startEmulator({ seed });
      for (const region of regions) {
        const client = emulator.client(region);
        const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
        assert.equal(KeyMetadata!.KeyState, 'Enabled');
        assert.equal(KeyMetadata!.MultiRegionConfiguration!.MultiRegionKeyType, region === 'us-east-1' ? 'PRIMARY' : 'REPLICA');
        assert.deepEqual((await client.send(new ListResourceTagsCommand({ KeyId }))).Tags, [{ TagKey: 'team', TagValue: 'a' }]);
        assert.equal((await client.send(new GetKeyRotationStatusCommand({ KeyId }))).RotationPeriodInDays, 100);
        const found = (await grantsOf(emulator, region)).map(({ GrantId, CreationDate, ...rest }) => {
          assert.match(GrantId!, /^[0-9a-f]{64}$/);
          assert.ok(CreationDate instanceof Date);
          return rest;
        });
        const listed = { KeyId: KeyMetadata!.Arn, IssuingAccount: 'arn:aws:iam::111122223333:root' };
        assert.deepEqual(found.sort((a, b) => (a.Name! < b.Name! ? 1 : -1)), [{ ...listed, ...grants[0] }, { ...listed, ...grants[1], Name: '' }]);
      }
      await emulator.stop();
    }));

  it('has grants that a request for the same finds again', () =>
    withSeed({ keys: [key] }, async (seed) => {
      const emulator = await startEmulator({ seed });
      const named = (await grantsOf(emulator, 'us-east-1')).find(({ Name }) => Name === 'reader');
      const { GrantId } = await emulator.client().send(
        new CreateGrantCommand({ KeyId, GranteePrincipal: role, Operations: ['DescribeKey', 'Decrypt'], Name: 'reader', Constraints: { EncryptionContextEquals: { app: 'orders' } } }),
      );
      assert.equal(GrantId, named!.GrantId);
      await emulator.stop();
    }));

  it('is as it was left when the seed is loaded again', () =>
    withSeed({ keys: [key] }, (seed) =>
      withDataFolder(async (data) => {
        const first = await startEmulator({ seed, args: ['--data', data] });
        const [gone, kept] = await grantsOf(first, 'eu-west-1');
        await first.client('eu-west-1').send(new RevokeGrantCommand({ KeyId, GrantId: gone!.GrantId }));
        await first.client().send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: 'us-west-2' }));
        await first.client().send(new UpdatePrimaryRegionCommand({ KeyId, PrimaryRegion: 'eu-west-1' }));
        const before = await Promise.all(regions.map((region) => grantsOf(first, region)));
        await administer(first.ready, '/_emulator/clock', { advanceSeconds: 10 });
        // The key of the seed's own Region goes, so that only those of its replicas can tell that it was loaded.
        await first.client().send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
        await administer(first.ready, '/_emulator/clock', { advanceSeconds: 8 * 86_400 });
        assert.deepEqual((await first.client().send(new ListKeysCommand({}))).Keys, []);
        await first.stop();

        const second = await startEmulator({ seed, args: ['--data', data] });
        assert.deepEqual((await second.client().send(new ListKeysCommand({}))).Keys, []);
        assert.deepEqual(await Promise.all(regions.slice(1).map((region) => grantsOf(second, region))), before.slice(1));
        assert.deepEqual((await grantsOf(second, 'eu-west-1')).map(({ GrantId }) => GrantId), [kept!.GrantId]);
        const { KeyMetadata } = await second.client('eu-west-1').send(new DescribeKeyCommand({ KeyId }));
        assert.deepEqual(KeyMetadata!.MultiRegionConfiguration!.ReplicaKeys!.map(({ Region }) => Region), ['ap-southeast-2', 'us-west-2']);
        await second.stop();
      }),
    ));

  it('waits for its replicas when it is to be deleted', () =>
    withSeed({ keys: [{ ...key, pendingDeletionDays: 9 }] }, async (seed) => {
      const emulator = await startEmulator({ seed });
      const states = await Promise.all(regions.map(async (region) => (await emulator.client(region).send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!));
      assert.deepEqual(states.map(({ KeyState }) => KeyState), ['PendingReplicaDeletion', 'PendingDeletion', 'PendingDeletion']);
      assert.equal(states[0]!.PendingDeletionWindowInDays, 9);
      await emulator.stop();
    }));

  it('is declared once, and not again for another Region', () =>
    withDataFolder((data) =>
      withSeed({ keys: [{ ...key, replicas: [] }, { ...key, replicas: [], region: 'eu-west-1' }] }, async (seed) => {
        assert.match(await startFailure(seed, data), /^The seed declares the key arn:aws:kms:eu-west-1:\S+, but arn:aws:kms:us-east-1:\S+ is there\. Write the Regions of one key as its replicas\.$/);
      }),
    ));
});

describe('A seed with a mistake in replicas or grants', () => {
  const mrk = `id: ${KeyId}, spec: SYMMETRIC_DEFAULT`;
  const signing = 'spec: ECC_NIST_P256, usage: SIGN_VERIFY, aliases: [alias/a]';
  const cases: readonly (readonly [title: string, text: string, message: string])[] = [
    ['for a key of one Region', 'keys:\n  - { spec: SYMMETRIC_DEFAULT, aliases: [alias/a], replicas: [eu-west-1] }', 'line 2: keys[0].replicas are for multi-Region keys, whose id begins with mrk-.'],
    ['in the Region of the key', `keys:\n  - { ${mrk}, replicas: [us-east-1] }`, 'line 2: keys[0].replicas name a Region twice, or that of the key itself.'],
    ['with a Region twice', `keys:\n  - { ${mrk}, replicas: [eu-west-1, eu-west-1] }`, 'line 2: keys[0].replicas name a Region twice, or that of the key itself.'],
    ['in another partition', `keys:\n  - { ${mrk}, replicas: [cn-north-1] }`, 'line 2: keys[0].replicas name cn-north-1, which is not in the partition aws of the key.'],
    ['in the kind of the list', `keys:\n  - { ${mrk}, grants: {} }`, 'line 2: keys[0].grants has to be a list.'],
    ['in a member name', `keys:\n  - { ${mrk}, grants: [\n    { Grantee: x }] }`, 'line 3: keys[0].grants[0].Grantee is not known here. There are: '],
    ['that names its key', `keys:\n  - { ${mrk}, grants: [\n    { KeyId: x }] }`, 'line 3: keys[0].grants[0].KeyId is not known here. There are: '],
    ['in the name of a constraint', `keys:\n  - { ${mrk}, grants: [{ GranteePrincipal: "${role}", Operations: [Decrypt], Constraints: {\n    Context: {} } }] }`, 'line 3: keys[0].grants[0].Constraints.Context is not known here. There are: EncryptionContextEquals'],
    ['in a context', `keys:\n  - { ${mrk}, grants: [{ GranteePrincipal: "${role}", Operations: [Decrypt], Constraints: { EncryptionContextEquals: {\n    n: 1 } } }] }`, 'line 3: keys[0].grants[0].Constraints.EncryptionContextEquals.n has to be a text.'],
    ['that permits nothing', `keys:\n  - { ${mrk}, grants: [\n    { GranteePrincipal: "${role}" }] }`, "line 3: keys[0].grants[0] is not a grant. 1 validation error detected: Value at 'operations' failed to satisfy constraint"],
    ['in an operation', `keys:\n  - { ${mrk}, grants: [\n    { GranteePrincipal: "${role}", Operations: [Cry] }] }`, "line 3: keys[0].grants[0] is not a grant. 1 validation error detected: Value 'Cry' at 'operations.1.member' failed to satisfy constraint"],
    ['that the key cannot do', `keys:\n  - { ${signing}, grants: [\n    { GranteePrincipal: "${role}", Operations: [Decrypt] }] }`, 'line 3: keys[0].grants[0] is not a grant. A grant for a key with key spec ECC_NIST_P256 and key usage SIGN_VERIFY cannot permit Decrypt.'],
    ['in a principal', `keys:\n  - { ${mrk}, grants: [\n    { GranteePrincipal: alice, Operations: [Decrypt] }] }`, 'line 3: keys[0].grants[0] is not a grant. ARN does not refer to a valid principal: alice'],
  ];
  for (const [title, text, message] of cases) {
    it(`${title} is pointed at`, () => {
      assert.throws(
        () => readSeed('seed.yaml', text, { accountId: '111122223333', region: 'us-east-1' }),
        (error: unknown) => {
          assert.ok(error instanceof StartFailure);
          assert.equal(error.code, 'BAD_SEED');
          assert.ok(error.message.startsWith(`seed.yaml, ${message}`), error.message);
          return true;
        },
      );
    });
  }
});
