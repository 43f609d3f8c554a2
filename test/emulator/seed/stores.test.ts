import assert from 'node:assert/strict';
import { ConnectCustomKeyStoreCommand, CreateKeyCommand, DecryptCommand, DescribeCustomKeyStoresCommand, DescribeKeyCommand, DisconnectCustomKeyStoreCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { EmulatorStartError, startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { withDataFolder } from '../support/dataFolder.ts';
import { administer } from '../support/rawRequest.ts';
import { assertRefused } from '../support/refusal.ts';
import { withSeed } from '../support/seedFile.ts';
import { externalKey, proxyCredential, proxyPath, startXksProxy } from '../support/proxy/xksProxy.ts';

const hsm = 'cks-1234567890abcdef0';
const outside = 'cks-1234567890abcdef1';
const failed = 'cks-1234567890abcdef2';
const spec = 'SYMMETRIC_DEFAULT';

const seed = (endpoint: string) => ({
  customKeyStores: [
    { id: hsm, name: 'hsm', type: 'AWS_CLOUDHSM', clusterId: 'cluster-1a23b4cdefg', state: 'CONNECTED', connectFails: 'INSUFFICIENT_CLOUDHSM_HSMS' },
    { id: outside, type: 'EXTERNAL_KEY_STORE', XksProxyUriEndpoint: endpoint, XksProxyUriPath: proxyPath, XksProxyAuthenticationCredential: proxyCredential },
    { id: failed, name: 'broken', type: 'EXTERNAL_KEY_STORE', state: 'FAILED', connectFails: 'XKS_PROXY_TIMED_OUT' },
    { name: 'named', state: 'DISCONNECTED' },
  ],
  keys: [
    { spec, aliases: ['alias/hsm'], customKeyStoreId: hsm },
    { spec, aliases: ['alias/outside'], customKeyStoreId: outside, xksKeyId: 'safe-1' },
  ],
});

describe('Custom key stores of a seed', () => {
  const describeStores = async (kms: KMSClient) =>
    (await kms.send(new DescribeCustomKeyStoresCommand({}))).CustomKeyStores!.map(({ CustomKeyStoreId, CustomKeyStoreName, ConnectionState, ConnectionErrorCode }) => [
      CustomKeyStoreName === 'named' ? 'made' : CustomKeyStoreId,
      CustomKeyStoreName,
      ConnectionState,
      ConnectionErrorCode,
    ]);
  const advance = (emulator: EmulatorProcess): Promise<unknown> => administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 1 });

  it('are there with their keys, and speak to their proxy', async () => {
    const proxy = await startXksProxy();
    proxy.keys.set('safe-1', externalKey());
    const emulator = await withSeed(seed(proxy.endpoint), (path) => startEmulator({ seed: path }));
    try {
      const kms = emulator.client();
      assert.deepEqual((await describeStores(kms)).sort(), [
        [hsm, 'hsm', 'CONNECTED', undefined],
        [outside, outside, 'CONNECTED', undefined],
        [failed, 'broken', 'FAILED', 'XKS_PROXY_TIMED_OUT'],
        ['made', 'named', 'DISCONNECTED', undefined],
      ].sort());
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/hsm' }));
      assert.deepEqual([KeyMetadata!.Origin, KeyMetadata!.CloudHsmClusterId, KeyMetadata!.KeyState], ['AWS_CLOUDHSM', 'cluster-1a23b4cdefg', 'Enabled']);
      const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: 'alias/outside', Plaintext: Buffer.from('text') }));
      assert.equal(Buffer.from((await kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext!).toString(), 'text');
      assert.deepEqual(proxy.calls.map(({ api }) => api), ['/keys/safe-1/encrypt', '/keys/safe-1/decrypt']);
    } finally {
      await emulator.stop();
      await proxy.stop();
    }
  });

  it('fail to connect again with the error that the seed names', async () => {
    const emulator = await withSeed(seed('https://proxy.example.com'), (path) => startEmulator({ seed: path }));
    try {
      const kms = emulator.client();
      await kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId: hsm }));
      await advance(emulator);
      await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId: hsm }));
      await advance(emulator);
      const { ConnectionState, ConnectionErrorCode } = (await kms.send(new DescribeCustomKeyStoresCommand({ CustomKeyStoreId: hsm }))).CustomKeyStores![0]!;
      assert.deepEqual([ConnectionState, ConnectionErrorCode], ['FAILED', 'INSUFFICIENT_CLOUDHSM_HSMS']);
      await assertRefused(kms.send(new CreateKeyCommand({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: hsm })), 'CustomKeyStoreInvalidStateException', /is FAILED/);
      assert.equal((await administer(emulator.ready, '/_emulator/reset', {})).status, 200);
      assert.equal((await kms.send(new DescribeKeyCommand({ KeyId: 'alias/hsm' }))).KeyMetadata!.KeyState, 'Enabled');
    } finally {
      await emulator.stop();
    }
  });

  it('stay as they are when the seed is loaded again', () =>
    withDataFolder((data) =>
      withSeed(seed('https://proxy.example.com'), async (path) => {
        const first = await startEmulator({ args: ['--data', data], seed: path });
        await first.client().send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId: failed }));
        await advance(first);
        const before = await describeStores(first.client());
        await first.stop();
        const second = await startEmulator({ args: ['--data', data], seed: path });
        assert.deepEqual(await describeStores(second.client()), before);
        await second.stop();
      }),
    ));

  const conflicts: readonly (readonly [title: string, stores: readonly object[], message: RegExp])[] = [
    ['one name', [{ id: hsm, name: 'a' }, { id: outside, name: 'a' }], /store a more than once/],
    ['one cluster', [{ name: 'a', clusterId: 'cluster-abcdefghijk' }, { name: 'b', clusterId: 'cluster-abcdefghijk' }], /a and b of the seed have the same cluster or proxy/],
  ];
  for (const [title, customKeyStores, message] of conflicts) {
    it(`end the process when two have ${title}`, async () => {
      const started: unknown = await withSeed({ customKeyStores }, (path) => startEmulator({ seed: path })).catch((error: unknown) => error);
      assert.ok(started instanceof EmulatorStartError);
      assert.equal(started.failed.code, 'BAD_SEED');
      assert.match(started.failed.message, message);
    });
  }
});
