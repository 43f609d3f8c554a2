import assert from 'node:assert/strict';
import {
  ConnectCustomKeyStoreCommand,
  CreateCustomKeyStoreCommand,
  type CreateCustomKeyStoreCommandInput,
  CreateKeyCommand,
  DecryptCommand,
  DescribeCustomKeyStoresCommand,
  DescribeKeyCommand,
  DisconnectCustomKeyStoreCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateRandomCommand,
  type KMSClient,
  ReEncryptCommand,
  UpdateCustomKeyStoreCommand,
} from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../../emulatorProcess.ts';
import { administer } from '../../support/rawRequest.ts';
import { assertRefused } from '../../support/refusal.ts';
import { proxyCredential } from '../../support/proxy/xksProxy.ts';

const members = (name: string, change: Partial<CreateCustomKeyStoreCommandInput> = {}): CreateCustomKeyStoreCommandInput => ({
  CustomKeyStoreName: name,
  CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
  XksProxyUriEndpoint: `https://${name}.example.com`,
  XksProxyUriPath: '/kms/xks/v1',
  XksProxyAuthenticationCredential: proxyCredential,
  XksProxyConnectivity: 'PUBLIC_ENDPOINT',
  ...change,
});

const service = (digit: string, region = 'us-east-1'): string => `com.amazonaws.vpce.${region}.vpce-svc-0123456789abcdef${digit}`;
const vpc = (name: string, digit: string): CreateCustomKeyStoreCommandInput =>
  members(name, { XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE', XksProxyVpcEndpointServiceName: service(digit) });

describe('External key stores that are simulated', () => {
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

  const create = async (input: CreateCustomKeyStoreCommandInput): Promise<string> =>
    (await kms.send(new CreateCustomKeyStoreCommand(input))).CustomKeyStoreId!;
  const connect = async (id: string): Promise<string> => {
    await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 1 });
    return id;
  };
  const configuration = async (id: string) =>
    (await kms.send(new DescribeCustomKeyStoresCommand({ CustomKeyStoreId: id }))).CustomKeyStores![0]!.XksProxyConfiguration;
  const update = (id: string, change: object): Promise<unknown> => kms.send(new UpdateCustomKeyStoreCommand({ CustomKeyStoreId: id, ...change }));

  it('tell of their proxy, and never of its secret access key', async () => {
    const id = await create(vpc('one', '1'));
    assert.deepEqual(await configuration(id), {
      AccessKeyId: proxyCredential.AccessKeyId,
      Connectivity: 'VPC_ENDPOINT_SERVICE',
      UriEndpoint: 'https://one.example.com',
      UriPath: '/kms/xks/v1',
      VpcEndpointServiceName: service('1'),
    });
    const told = JSON.stringify([(await kms.send(new DescribeCustomKeyStoresCommand({}))).CustomKeyStores, emulator.events()]);
    assert.ok(!told.includes(proxyCredential.RawSecretAccessKey));
  });

  it('hold keys of their own, each with an external key', async () => {
    const id = await connect(await create(members('one')));
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: id, XksKeyId: 'safe-1' }));
    const KeyId = KeyMetadata!.Arn!;
    assert.deepEqual((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata, KeyMetadata);
    assert.deepEqual([KeyMetadata!.XksKeyConfiguration, KeyMetadata!.CustomKeyStoreId, KeyMetadata!.CloudHsmClusterId], [{ Id: 'safe-1' }, id, undefined]);
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('text'), EncryptionContext: { a: 'b' } }));
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { a: 'b' } }));
    assert.equal(Buffer.from(Plaintext!).toString(), 'text');
    assert.equal((await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_128' }))).Plaintext!.length, 16);
    const again = kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: id, XksKeyId: 'safe-1' }));
    await assertRefused(again, 'XksKeyAlreadyInUseException', /safe-1 is in use/);
    await kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await assertRefused(kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { a: 'b' } })), 'KMSInvalidStateException', `${KeyId} is unavailable.`);
  });

  it('re-encrypt to and from keys of AWS KMS', async () => {
    const id = await connect(await create(members('one')));
    const inside = (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
    const outside = (await kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: id, XksKeyId: 'a' }))).KeyMetadata!.Arn!;
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: outside, Plaintext: Buffer.from('text') }));
    const moved = await kms.send(new ReEncryptCommand({ CiphertextBlob, DestinationKeyId: inside }));
    const back = await kms.send(new ReEncryptCommand({ CiphertextBlob: moved.CiphertextBlob, DestinationKeyId: outside }));
    assert.deepEqual([moved.SourceKeyId, moved.KeyId, back.SourceKeyId, back.KeyId], [outside, inside, inside, outside]);
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: back.CiphertextBlob }));
    assert.equal(Buffer.from(Plaintext!).toString(), 'text');
  });

  it('change their path and credential while connected, and where they are while disconnected', async () => {
    const id = await connect(await create(members('one')));
    await update(id, { XksProxyUriPath: '/prefix/kms/xks/v1', XksProxyAuthenticationCredential: { ...proxyCredential, AccessKeyId: 'A'.repeat(20) } });
    const move = { XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE', XksProxyUriEndpoint: 'https://two.example.com', XksProxyVpcEndpointServiceName: service('1'), XksProxyVpcEndpointServiceOwner: '444455556666' };
    await assertRefused(update(id, move), 'CustomKeyStoreInvalidStateException', /is CONNECTED/);
    await kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 1 });
    await update(id, move);
    assert.deepEqual(await configuration(id), {
      AccessKeyId: 'A'.repeat(20),
      Connectivity: 'VPC_ENDPOINT_SERVICE',
      UriEndpoint: 'https://two.example.com',
      UriPath: '/prefix/kms/xks/v1',
      VpcEndpointServiceName: service('1'),
      VpcEndpointServiceOwner: '444455556666',
    });
    await update(id, { XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: 'https://three.example.com' });
    assert.equal((await configuration(id))!.VpcEndpointServiceName, undefined);
  });

  const refusals: readonly (readonly [title: string, send: (id: string) => Promise<unknown>, name: string])[] = [
    ['a store without a credential', () => create(members('two', { XksProxyAuthenticationCredential: undefined })), 'ValidationException'],
    ['a store with a password', () => create(members('two', { KeyStorePassword: 'kmsPswd' })), 'ValidationException'],
    ['an endpoint without TLS that is elsewhere', () => create(members('two', { XksProxyUriEndpoint: 'http://two.example.com' })), 'ValidationException'],
    ['a path of another version', () => create(members('two', { XksProxyUriPath: '/kms/xks/v2' })), 'XksProxyInvalidConfigurationException'],
    ['a VPC without an endpoint service', () => create({ ...vpc('two', '2'), XksProxyVpcEndpointServiceName: undefined }), 'ValidationException'],
    ['an endpoint service for a public endpoint', () => create(members('two', { XksProxyVpcEndpointServiceName: service('2') })), 'ValidationException'],
    ['an endpoint service of another Region', () => create({ ...vpc('two', '2'), XksProxyVpcEndpointServiceName: service('2', 'eu-west-1') }), 'XksProxyVpcEndpointServiceNotFoundException'],
    ['an endpoint service that is in use', async () => {
      await create(vpc('two', '2'));
      await create(vpc('three', '2'));
    }, 'XksProxyVpcEndpointServiceInUseException'],
    ['an endpoint in use that is not to be shared', () => create({ ...vpc('two', '2'), XksProxyUriEndpoint: 'https://one.example.com' }), 'XksProxyUriEndpointInUseException'],
    ['an endpoint and path in use', () => create(members('two', { XksProxyUriEndpoint: 'https://one.example.com' })), 'XksProxyUriInUseException'],
    ['a password for a store without one', (id) => update(id, { KeyStorePassword: 'kmsPswd' }), 'ValidationException'],
    ['a new connectivity at the old endpoint', (id) => update(id, { XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE', XksProxyVpcEndpointServiceName: service('2') }), 'ValidationException'],
    ['a key without its external key', async (id) => kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: await connect(id) })), 'ValidationException'],
    ['random bytes', async (id) => kms.send(new GenerateRandomCommand({ NumberOfBytes: 1, CustomKeyStoreId: await connect(id) })), 'UnsupportedOperationException'],
  ];
  for (const [title, send, name] of refusals) {
    it(`answer ${title} with ${name}`, async () => {
      await assertRefused(send(await create(members('one'))), name, /./);
    });
  }

  it('share an endpoint under different paths', async () => {
    await create(members('one'));
    await create(members('two', { XksProxyUriEndpoint: 'https://one.example.com', XksProxyUriPath: '/two/kms/xks/v1' }));
  });
});
