import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConnectCustomKeyStoreCommand,
  CreateCustomKeyStoreCommand,
  type CreateCustomKeyStoreCommandInput,
  CreateKeyCommand,
  DecryptCommand,
  DescribeCustomKeyStoresCommand,
  DisconnectCustomKeyStoreCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  type KMSClient,
  ReEncryptCommand,
  UpdateCustomKeyStoreCommand,
} from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../../emulatorProcess.ts';
import { certificate, certificateKey } from '../../support/proxy/certificate.ts';
import { administer } from '../../support/rawRequest.ts';
import { assertRefused } from '../../support/refusal.ts';
import { externalKey, proxyCredential, proxyPath, startXksProxy, type XksProxy } from '../../support/proxy/xksProxy.ts';

const uninterpretable = /^AWS KMS cannot interpret the response from the external key store proxy\./;

describe('XKS proxies on this machine', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  let proxy: XksProxy;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());
  beforeEach(async () => {
    proxy = await startXksProxy();
    proxy.keys.set('safe-1', externalKey());
  });
  afterEach(async () => {
    await proxy.stop();
    await administer(emulator.ready, '/_emulator/reset', {});
  });

  const members = (): CreateCustomKeyStoreCommandInput => ({
    CustomKeyStoreName: 'one',
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyUriEndpoint: proxy.endpoint,
    XksProxyUriPath: proxyPath,
    XksProxyAuthenticationCredential: proxyCredential,
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
  });
  const create = async (change: Partial<CreateCustomKeyStoreCommandInput> = {}): Promise<string> =>
    (await kms.send(new CreateCustomKeyStoreCommand({ ...members(), ...change }))).CustomKeyStoreId!;
  const connect = async (id: string): Promise<string> => {
    await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 1 });
    return id;
  };
  const createKey = async (id: string, XksKeyId = 'safe-1'): Promise<string> =>
    (await kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: id, XksKeyId }))).KeyMetadata!.Arn!;
  const newKey = async (): Promise<string> => createKey(await connect(await create()));
  const encrypt = async (KeyId: string, EncryptionContext?: Record<string, string>) =>
    (await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('text'), EncryptionContext }))).CiphertextBlob!;
  const entry = async (id: string) => (await kms.send(new DescribeCustomKeyStoresCommand({ CustomKeyStoreId: id }))).CustomKeyStores![0]!;

  it('are asked for their health, their key and their encryption, each with what it is for', async () => {
    const id = await connect(await create());
    const KeyId = await createKey(id);
    const context = { purpose: 'test' };
    const ciphertext = await encrypt(KeyId, context);
    assert.equal(Buffer.from(ciphertext).toString('base64').slice(0, 6), 'AQICAH');
    const { Plaintext, CiphertextBlob } = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: ciphertext, EncryptionContext: context }));
    assert.deepEqual([Buffer.from(opened.Plaintext!).toString(), opened.KeyId], ['text', KeyId]);
    assert.deepEqual((await kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext, Plaintext);
    const { CiphertextBlob: moved } = await kms.send(new ReEncryptCommand({ CiphertextBlob, DestinationKeyId: KeyId, DestinationEncryptionContext: context }));
    assert.deepEqual((await kms.send(new DecryptCommand({ CiphertextBlob: moved, EncryptionContext: context }))).Plaintext, Plaintext);
    const health = (operation: string) => ['/health', operation, undefined, undefined];
    const caller = 'arn:aws:iam::111122223333:root';
    const use = (api: string, operation: string) => [`/keys/safe-1/${api}`, operation, caller, KeyId];
    assert.deepEqual(
      proxy.calls.map(({ api, requestMetadata: { kmsOperation, awsPrincipalArn, kmsKeyArn } }) => [api, kmsOperation, awsPrincipalArn, kmsKeyArn]),
      [
        health('CreateCustomKeyStore'),
        health('ConnectCustomKeyStore'),
        ['/keys/safe-1/metadata', 'CreateKey', caller, undefined],
        use('encrypt', 'Encrypt'),
        use('encrypt', 'GenerateDataKey'),
        use('decrypt', 'Decrypt'),
        use('decrypt', 'Decrypt'),
        use('decrypt', 'ReEncrypt'),
        use('encrypt', 'ReEncrypt'),
        use('decrypt', 'Decrypt'),
      ],
    );
  });

  it('see no plaintext, and cannot decrypt without the emulator', async () => {
    let seen = '';
    proxy.override = (api, answer) => {
      if (api.endsWith('/decrypt')) seen = (answer[1] as { plaintext: string }).plaintext;
      return answer;
    };
    const KeyId = await newKey();
    await kms.send(new DecryptCommand({ CiphertextBlob: await encrypt(KeyId) }));
    assert.ok(seen.length > 0);
    assert.ok(!Buffer.from(seen, 'base64').includes('text'));
  });

  it('get no more than they have to take, and give no more than KMS takes back', async () => {
    const KeyId = await newKey();
    let sent = 0;
    proxy.override = (_api, answer) => {
      sent = Buffer.from((answer[1] as { ciphertext: string }).ciphertext, 'base64').length;
      return answer;
    };
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.alloc(4096) }));
    assert.ok(sent > 4096 && sent <= 4300, `${sent} bytes`);
    assert.ok(CiphertextBlob!.length <= 6144, `${CiphertextBlob!.length} bytes`);
    proxy.override = undefined;
    assert.equal((await kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext!.length, 4096);
  });

  it('are what a ciphertext needs: another external key does not open it, nor does another context', async () => {
    const KeyId = await newKey();
    const CiphertextBlob = await encrypt(KeyId, { a: 'b' });
    const rejected = /^The external key store proxy rejected the request because the specified ciphertext or encryption context is corrupted/;
    await assertRefused(kms.send(new DecryptCommand({ CiphertextBlob })), 'KMSInvalidStateException', rejected);
    proxy.keys.set('safe-1', externalKey());
    await assertRefused(kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { a: 'b' } })), 'KMSInvalidStateException', rejected);
    await assertRefused(kms.send(new DecryptCommand({ CiphertextBlob: CiphertextBlob.slice(0, 40) })), 'InvalidCiphertextException', '');
  });

  interface Trouble {
    readonly title: string;
    readonly meet: () => void;
    readonly name: string;
    readonly message: RegExp;
  }
  const answer = (status: number, body: unknown) => (): void => {
    proxy.override = () => [status, body];
  };
  const named = (status: number, errorName: string) => answer(status, { errorName });

  const storeTroubles: readonly (Trouble & { readonly code: string })[] = [
    { title: 'another credential', meet: answer(401, { errorName: 'AuthenticationFailedException' }), name: 'XksProxyIncorrectAuthenticationCredentialException', message: /could not authenticate AWS KMS/, code: 'INVALID_CREDENTIALS' },
    { title: 'another path', meet: named(404, 'InvalidUriPathException'), name: 'XksProxyInvalidConfigurationException', message: /invalid URI path/, code: 'XKS_PROXY_INVALID_CONFIGURATION' },
    { title: 'managers that are all unavailable', meet: () => void (proxy.health = ['UNAVAILABLE', 'UNAVAILABLE']), name: 'XksProxyUriUnreachableException', message: /all of its external key managers are unavailable/, code: 'XKS_PROXY_NOT_REACHABLE' },
    { title: 'no managers', meet: () => void (proxy.health = []), name: 'XksProxyInvalidResponseException', message: uninterpretable, code: 'XKS_PROXY_INVALID_RESPONSE' },
    { title: 'an answer that is not JSON', meet: answer(200, '<html>'), name: 'XksProxyInvalidResponseException', message: uninterpretable, code: 'XKS_PROXY_INVALID_RESPONSE' },
    { title: 'an error without a name', meet: answer(500, {}), name: 'XksProxyInvalidResponseException', message: uninterpretable, code: 'XKS_PROXY_INVALID_RESPONSE' },
    { title: 'too many requests', meet: named(429, 'ThrottlingException'), name: 'XksProxyUriUnreachableException', message: /very high request rate/, code: 'XKS_PROXY_NOT_REACHABLE' },
    { title: 'no answer in time', meet: () => void (proxy.override = (_api, own) => sleep(400, own)), name: 'XksProxyUriUnreachableException', message: /did not respond in time/, code: 'XKS_PROXY_TIMED_OUT' },
  ];
  for (const { title, meet, name, message, code } of storeTroubles) {
    it(`with ${title} refuse their store with ${name}, and fail its connection with ${code}`, async () => {
      const id = await create({ CustomKeyStoreName: 'two' });
      meet();
      await assertRefused(create({ CustomKeyStoreName: 'one', XksProxyUriPath: `/other${proxyPath}` }), name, message);
      await connect(id);
      const { ConnectionState, ConnectionErrorCode } = await entry(id);
      assert.deepEqual([ConnectionState, ConnectionErrorCode], ['FAILED', code]);
      await assertRefused(kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId: id })), 'CustomKeyStoreInvalidStateException', /is FAILED/);
    });
  }

  it('work again after a failed connection was disconnected and mended', async () => {
    const id = await create();
    proxy.override = () => [401, { errorName: 'AuthenticationFailedException' }];
    await connect(id);
    proxy.override = undefined;
    await kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 1 });
    const wrong = { ...proxyCredential, RawSecretAccessKey: 'x'.repeat(43) };
    const change = kms.send(new UpdateCustomKeyStoreCommand({ CustomKeyStoreId: id, XksProxyAuthenticationCredential: wrong }));
    await assertRefused(change, 'XksProxyIncorrectAuthenticationCredentialException', /could not authenticate/);
    await connect(id);
    assert.equal((await entry(id)).ConnectionState, 'CONNECTED');
    await createKey(id);
  });

  it('behind a VPC endpoint service are first asked when the store connects', async () => {
    const id = await create({ XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE', XksProxyVpcEndpointServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-01234567' });
    assert.deepEqual(proxy.calls, []);
    await connect(id);
    assert.deepEqual(proxy.calls.map(({ api }) => api), ['/health']);
  });

  const change = (member: 'spec' | 'status' | 'usage', value: string | string[]) => (): void => {
    Object.assign(proxy.keys.get('safe-1')!, { [member]: value });
  };
  const forget = (): void => {
    proxy.keys.clear();
  };
  const keyTroubles: readonly Trouble[] = [
    { title: 'an unknown key', meet: forget, name: 'XksKeyNotFoundException', message: /was not found in its external key manager/ },
    { title: 'a disabled key', meet: change('status', 'DISABLED'), name: 'XksKeyInvalidConfigurationException', message: /is not enabled in the external key manager/ },
    { title: 'a key of another spec', meet: change('spec', 'RSA_2048'), name: 'XksKeyInvalidConfigurationException', message: /does not support the requested operation/ },
    { title: 'a key that cannot decrypt', meet: change('usage', ['ENCRYPT']), name: 'XksKeyInvalidConfigurationException', message: /does not support the requested operation/ },
    { title: 'no answer in time', meet: () => void (proxy.override = (_api, own) => sleep(400, own)), name: 'CustomKeyStoreInvalidStateException', message: /did not respond in time/ },
    { title: 'a refusal', meet: named(403, 'AccessDeniedException'), name: 'KMSInvalidStateException', message: /denied access/ },
    { title: 'a malformed answer', meet: answer(200, {}), name: 'CustomKeyStoreInvalidStateException', message: uninterpretable },
  ];
  for (const { title, meet, name, message } of keyTroubles) {
    it(`with ${title} refuse a new key with ${name}`, async () => {
      const id = await connect(await create());
      meet();
      await assertRefused(createKey(id), name, message);
    });
  }

  const part = (member: string, value: string) => (): void => {
    proxy.override = (_api, [status, body]) => [status, { ...(body as object), [member]: value }];
  };
  const useTroubles: readonly Omit<Trouble, 'name'>[] = [
    { title: 'a disabled key', meet: change('status', 'DISABLED'), message: /is not enabled in the external key manager/ },
    { title: 'a key that is gone', meet: forget, message: /was not found in its external key manager/ },
    { title: 'a wrong integrity value', meet: part('ciphertextDataIntegrityValue', Buffer.alloc(32).toString('base64')), message: uninterpretable },
    { title: 'a short tag', meet: part('authenticationTag', 'AAAA'), message: uninterpretable },
    { title: 'an initialization vector of another length', meet: part('initializationVector', 'AAAA'), message: uninterpretable },
    { title: 'a ciphertext of another length', meet: part('ciphertext', 'AAAA'), message: uninterpretable },
    { title: 'metadata that are too long', meet: part('ciphertextMetadata', Buffer.alloc(21).toString('base64')), message: uninterpretable },
    { title: 'a ciphertext that is not base64', meet: part('ciphertext', '***'), message: uninterpretable },
    { title: 'an endless answer', meet: part('vendor', 'x'.repeat(70_000)), message: uninterpretable },
    { title: 'an error of its own', meet: named(500, 'InternalException'), message: /cannot communicate with the external key manager/ },
    { title: 'no answer in time', meet: () => void (proxy.override = (_api, own) => sleep(400, own)), message: /did not respond in time/ },
  ];
  for (const { title, meet, message } of useTroubles) {
    it(`with ${title} refuse to encrypt with KMSInvalidStateException`, async () => {
      const KeyId = await newKey();
      meet();
      await assertRefused(encrypt(KeyId), 'KMSInvalidStateException', message);
    });
  }

  it('are the only hosts that are asked, whatever host a path could be taken for', async () => {
    await create({ XksProxyUriPath: `//134744072${proxyPath}` });
    assert.deepEqual(proxy.calls.map(({ api }) => api), ['/health']);
  });

  it('that are gone are not reached', async () => {
    const id = await connect(await create());
    const KeyId = await createKey(id);
    await proxy.stop();
    await assertRefused(encrypt(KeyId), 'KMSInvalidStateException', /cannot communicate with the external key store proxy/);
    const { endpoint } = proxy;
    proxy = await startXksProxy();
    await assertRefused(create({ CustomKeyStoreName: 'two', XksProxyUriEndpoint: endpoint, XksProxyUriPath: '/two/kms/xks/v1' }), 'XksProxyUriUnreachableException', /cannot communicate/);
  });

  it('over TLS need a certificate that is trusted', async () => {
    await proxy.stop();
    proxy = await startXksProxy({ key: certificateKey, cert: certificate });
    await assertRefused(create(), 'XksProxyUriUnreachableException', /cannot establish a TLS connection/);
    const folder = mkdtempSync(join(tmpdir(), 'kms-explorer-test-'));
    const trusted = join(folder, 'proxy.pem');
    writeFileSync(trusted, certificate);
    const trusting = await startEmulator({ env: { ...process.env, NODE_EXTRA_CA_CERTS: trusted } });
    try {
      await trusting.client().send(new CreateCustomKeyStoreCommand(members()));
      assert.deepEqual(proxy.calls.map(({ api }) => api), ['/health']);
    } finally {
      await trusting.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
