import assert from 'node:assert/strict';
import {
  ConnectCustomKeyStoreCommand,
  CreateCustomKeyStoreCommand,
  type CreateCustomKeyStoreCommandInput,
  CreateKeyCommand,
  DecryptCommand,
  DeleteCustomKeyStoreCommand,
  DescribeCustomKeyStoresCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisconnectCustomKeyStoreCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyPairCommand,
  GenerateRandomCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ScheduleKeyDeletionCommand,
  UpdateCustomKeyStoreCommand,
} from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../../emulatorProcess.ts';
import { certificate } from '../../support/proxy/certificate.ts';
import { administer } from '../../support/rawRequest.ts';
import { assertRefused } from '../../support/refusal.ts';

const password = 'kmsuser-secret';
let count = 0;

/** Members of a store that nothing else uses. */
function newCluster(): CreateCustomKeyStoreCommandInput & { CloudHsmClusterId: string } {
  count += 1;
  return {
    CustomKeyStoreName: `store ${count}`,
    CloudHsmClusterId: `cluster-${'abcdefghij'.charAt(count % 10)}bcdefghijk`,
    TrustAnchorCertificate: certificate,
    KeyStorePassword: password,
  };
}

describe('AWS CloudHSM key stores', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());
  afterEach(async () => {
    await administer(emulator.ready, '/_emulator/reset', {});
  });

  const advance = async (seconds: number): Promise<void> => {
    assert.equal((await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: seconds })).status, 200);
  };
  const create = async (change: Partial<CreateCustomKeyStoreCommandInput> = {}): Promise<string> =>
    (await kms.send(new CreateCustomKeyStoreCommand({ ...newCluster(), ...change }))).CustomKeyStoreId!;
  const describeStore = async (CustomKeyStoreId: string) => (await kms.send(new DescribeCustomKeyStoresCommand({ CustomKeyStoreId }))).CustomKeyStores![0]!;
  const connected = async (): Promise<string> => {
    const id = await create();
    await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await advance(1);
    return id;
  };
  const disconnect = async (id: string): Promise<void> => {
    await kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await advance(1);
  };
  const keyIn = async (id: string): Promise<string> =>
    (await kms.send(new CreateKeyCommand({ CustomKeyStoreId: id, Origin: 'AWS_CLOUDHSM' }))).KeyMetadata!.Arn!;

  it('are described by id, by name and in pages, never with their password', async () => {
    const members = newCluster();
    const id = await create(members);
    assert.match(id, /^cks-[0-9a-f]{17}$/);
    await create();
    const byName = await kms.send(new DescribeCustomKeyStoresCommand({ CustomKeyStoreName: members.CustomKeyStoreName }));
    const { CreationDate, ...entry } = byName.CustomKeyStores![0]!;
    assert.ok(CreationDate! <= new Date());
    assert.deepEqual(entry, {
      CustomKeyStoreId: id,
      CustomKeyStoreName: members.CustomKeyStoreName,
      CloudHsmClusterId: members.CloudHsmClusterId,
      TrustAnchorCertificate: certificate,
      ConnectionState: 'DISCONNECTED',
      CustomKeyStoreType: 'AWS_CLOUDHSM',
    });
    const first = await kms.send(new DescribeCustomKeyStoresCommand({ Limit: 1 }));
    const second = await kms.send(new DescribeCustomKeyStoresCommand({ Limit: 1, Marker: first.NextMarker }));
    assert.deepEqual([first.Truncated, second.Truncated], [true, false]);
    assert.notEqual(first.CustomKeyStores![0]!.CustomKeyStoreId, second.CustomKeyStores![0]!.CustomKeyStoreId);
    assert.doesNotMatch(JSON.stringify([byName.CustomKeyStores, emulator.events()]), new RegExp(password));
  });

  it('connect and disconnect in time', async () => {
    const id = await create();
    await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    assert.equal((await describeStore(id)).ConnectionState, 'CONNECTING');
    await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await advance(1);
    assert.equal((await describeStore(id)).ConnectionState, 'CONNECTED');
    await kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    assert.equal((await describeStore(id)).ConnectionState, 'DISCONNECTING');
    await assertRefused(kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId: id })), 'CustomKeyStoreInvalidStateException', /is DISCONNECTING/);
    await advance(1);
    assert.equal((await describeStore(id)).ConnectionState, 'DISCONNECTED');
  });

  it('hold keys that say where they are, and that work while the store is connected', async () => {
    const id = await connected();
    const { KeyMetadata: made } = await kms.send(new CreateKeyCommand({ CustomKeyStoreId: id, Origin: 'AWS_CLOUDHSM' }));
    const KeyId = made!.Arn!;
    assert.deepEqual((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata, made);
    const { CloudHsmClusterId } = await describeStore(id);
    assert.deepEqual([made!.Origin, made!.CustomKeyStoreId, made!.CloudHsmClusterId, made!.KeyState], ['AWS_CLOUDHSM', id, CloudHsmClusterId, 'Enabled']);
    assert.equal(made!.CurrentKeyMaterialId, undefined);
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('text') }));

    await disconnect(id);
    const state = async (): Promise<string> => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.KeyState!;
    assert.equal(await state(), 'Unavailable');
    const unavailable = `${KeyId} is unavailable.`;
    await assertRefused(kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('text') })), 'KMSInvalidStateException', unavailable);
    await assertRefused(kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' })), 'KMSInvalidStateException', unavailable);
    await assertRefused(kms.send(new DecryptCommand({ CiphertextBlob })), 'KMSInvalidStateException', unavailable);
    await kms.send(new DisableKeyCommand({ KeyId }));
    assert.equal(await state(), 'Unavailable');

    await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await advance(1);
    assert.equal(await state(), 'Disabled');
    await kms.send(new EnableKeyCommand({ KeyId }));
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob }));
    assert.equal(Buffer.from(Plaintext!).toString(), 'text');
  });

  it('give random bytes while they are connected', async () => {
    const id = await connected();
    assert.equal((await kms.send(new GenerateRandomCommand({ NumberOfBytes: 24, CustomKeyStoreId: id }))).Plaintext!.length, 24);
    await disconnect(id);
    await assertRefused(kms.send(new GenerateRandomCommand({ NumberOfBytes: 24, CustomKeyStoreId: id })), 'CustomKeyStoreInvalidStateException', /is DISCONNECTED/);
  });

  it('are deleted once their keys are gone', async () => {
    const id = await connected();
    const KeyId = await keyIn(id);
    const remove = () => kms.send(new DeleteCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await disconnect(id);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await assertRefused(remove(), 'CustomKeyStoreHasCMKsException', /has a KMS key/);
    await advance(8 * 86_400);
    await remove();
    await assertRefused(describeStore(id), 'CustomKeyStoreNotFoundException', /is not found/);
  });

  it('change their name while connected, and their cluster and password while disconnected', async () => {
    const id = await connected();
    await kms.send(new UpdateCustomKeyStoreCommand({ CustomKeyStoreId: id, NewCustomKeyStoreName: 'renamed' }));
    const change = { CustomKeyStoreId: id, CloudHsmClusterId: 'cluster-zzzzzzzzzzz', KeyStorePassword: 'another-one' };
    await assertRefused(kms.send(new UpdateCustomKeyStoreCommand(change)), 'CustomKeyStoreInvalidStateException', /is CONNECTED/);
    await disconnect(id);
    await kms.send(new UpdateCustomKeyStoreCommand(change));
    const { CustomKeyStoreName, CloudHsmClusterId } = await describeStore(id);
    assert.deepEqual([CustomKeyStoreName, CloudHsmClusterId], ['renamed', 'cluster-zzzzzzzzzzz']);
  });

  interface Setting {
    readonly connected: string;
    readonly disconnected: string;
    readonly cluster: string;
  }
  const refusals: readonly (readonly [title: string, send: (setting: Setting) => Promise<unknown>, name: string])[] = [
    ['a store without a cluster', () => create({ CloudHsmClusterId: undefined }), 'ValidationException'],
    ['a store with members of the other type', () => create({ XksProxyUriPath: '/kms/xks/v1' }), 'ValidationException'],
    ['a cluster id in another form', () => create({ CloudHsmClusterId: 'cluster-1' }), 'ValidationException'],
    ['a trust anchor that is no certificate', () => create({ TrustAnchorCertificate: 'certificate' }), 'IncorrectTrustAnchorException'],
    ['a name that is in use', () => create({ CustomKeyStoreName: 'taken' }), 'CustomKeyStoreNameInUseException'],
    ['a cluster that is in use', ({ cluster }) => create({ CloudHsmClusterId: cluster }), 'CloudHsmClusterInUseException'],
    ['an unknown store', () => kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId: 'cks-1' })), 'CustomKeyStoreNotFoundException'],
    ['an unknown name', () => kms.send(new DescribeCustomKeyStoresCommand({ CustomKeyStoreName: 'none' })), 'CustomKeyStoreNotFoundException'],
    ['a name together with an id', ({ connected: id }) => kms.send(new DescribeCustomKeyStoresCommand({ CustomKeyStoreName: 'taken', CustomKeyStoreId: id })), 'ValidationException'],
    ['disconnecting twice', ({ disconnected: id }) => kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId: id })), 'CustomKeyStoreInvalidStateException'],
    ['deleting a connected store', ({ connected: id }) => kms.send(new DeleteCustomKeyStoreCommand({ CustomKeyStoreId: id })), 'CustomKeyStoreInvalidStateException'],
    ['renaming to a name in use', ({ disconnected: id }) => kms.send(new UpdateCustomKeyStoreCommand({ CustomKeyStoreId: id, NewCustomKeyStoreName: 'taken' })), 'CustomKeyStoreNameInUseException'],
    ['moving to the cluster of another store', ({ disconnected: id, cluster }) => kms.send(new UpdateCustomKeyStoreCommand({ CustomKeyStoreId: id, CloudHsmClusterId: cluster })), 'CloudHsmClusterNotRelatedException'],
    ['a proxy for a store with a cluster', ({ disconnected: id }) => kms.send(new UpdateCustomKeyStoreCommand({ CustomKeyStoreId: id, XksProxyUriPath: '/kms/xks/v1' })), 'ValidationException'],
    ['a key in a disconnected store', ({ disconnected: id }) => keyIn(id), 'CustomKeyStoreInvalidStateException'],
    ['a key in an unknown store', () => keyIn('cks-1'), 'CustomKeyStoreNotFoundException'],
    ['a key of another origin in a store', ({ connected: id }) => kms.send(new CreateKeyCommand({ CustomKeyStoreId: id })), 'ValidationException'],
    ['a key of the other type of store', ({ connected: id }) => kms.send(new CreateKeyCommand({ CustomKeyStoreId: id, Origin: 'EXTERNAL_KEY_STORE', XksKeyId: 'one' })), 'ValidationException'],
    ['an external key for a store with a cluster', ({ connected: id }) => kms.send(new CreateKeyCommand({ CustomKeyStoreId: id, Origin: 'AWS_CLOUDHSM', XksKeyId: 'one' })), 'ValidationException'],
    ['an origin that needs a store without one', () => kms.send(new CreateKeyCommand({ Origin: 'AWS_CLOUDHSM' })), 'ValidationException'],
    ['an asymmetric key in a store', ({ connected: id }) => kms.send(new CreateKeyCommand({ CustomKeyStoreId: id, Origin: 'AWS_CLOUDHSM', KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' })), 'UnsupportedOperationException'],
    ['a multi-Region key in a store', ({ connected: id }) => kms.send(new CreateKeyCommand({ CustomKeyStoreId: id, Origin: 'AWS_CLOUDHSM', MultiRegion: true })), 'UnsupportedOperationException'],
    ['random bytes of an unknown store', () => kms.send(new GenerateRandomCommand({ NumberOfBytes: 1, CustomKeyStoreId: 'cks-1' })), 'CustomKeyStoreNotFoundException'],
    ['rotating a key in a store', async ({ connected: id }) => kms.send(new EnableKeyRotationCommand({ KeyId: await keyIn(id) })), 'UnsupportedOperationException'],
    ['the rotation of a key in a store', async ({ connected: id }) => kms.send(new GetKeyRotationStatusCommand({ KeyId: await keyIn(id) })), 'UnsupportedOperationException'],
    ['a data key pair', async ({ connected: id }) => kms.send(new GenerateDataKeyPairCommand({ KeyId: await keyIn(id), KeyPairSpec: 'ECC_NIST_P256' })), 'UnsupportedOperationException'],
    ['a store of another Region', ({ connected: id }) => emulator.client('eu-west-1').send(new DescribeCustomKeyStoresCommand({ CustomKeyStoreId: id })), 'CustomKeyStoreNotFoundException'],
  ];
  for (const [title, send, name] of refusals) {
    it(`answer ${title} with ${name}`, async () => {
      const id = await connected();
      await kms.send(new UpdateCustomKeyStoreCommand({ CustomKeyStoreId: id, NewCustomKeyStoreName: 'taken' }));
      const setting = { connected: id, disconnected: await create(), cluster: (await describeStore(id)).CloudHsmClusterId! };
      await assertRefused(send(setting), name, name === 'UnsupportedOperationException' ? /^/ : /./);
    });
  }

  it('are ten at most', async () => {
    for (let index = 0; index < 10; index += 1) await create();
    await assertRefused(create({ CloudHsmClusterId: 'cluster-zzzzzzzzzzz' }), 'LimitExceededException', /10 custom key stores/);
  });
});
