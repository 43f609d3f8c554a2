import assert from 'node:assert/strict';
import { connect } from '../../../../src/aws/connect.ts';
import { cliText } from '../../../../src/core/kms/cliCommand.ts';
import { emptyDraft } from '../../../../src/core/kms/create/keyDraft.ts';
import { KmsExplorerError } from '../../../../src/core/kms/errorCode.ts';
import { changesOf } from '../../../../src/core/kms/keyStores/keyStoreChange.ts';
import { fieldProblem, type KeyStoreFieldId, type KeyStoreSettings } from '../../../../src/core/kms/keyStores/keyStoreField.ts';
import type { CustomKeyStore } from '../../../../src/core/kms/service/customKeyStores.ts';
import type { KeyService } from '../../../../src/core/kms/service/keyService.ts';
import { startCreation } from '../../../../src/features/createKey/creation.ts';
import { createKeyStore } from '../../../../src/features/explorer/keyStores/createKeyStore.ts';
import { deleteKeyStore } from '../../../../src/features/explorer/keyStores/deleteKeyStore.ts';
import type { FieldAnswer, KeyStoreQuestions } from '../../../../src/features/explorer/keyStores/keyStoreQuestions.ts';
import { updateKeyStore } from '../../../../src/features/explorer/keyStores/updateKeyStore.ts';
import { startEmulator, type EmulatorProcess } from '../../../emulator/emulatorProcess.ts';
import { certificate } from '../../../emulator/support/proxy/certificate.ts';
import { externalKey, proxyCredential, proxyPath, startXksProxy, type XksProxy } from '../../../emulator/support/proxy/xksProxy.ts';
import { administer } from '../../../emulator/support/rawRequest.ts';

const region = 'us-east-1';
const signal = new AbortController().signal;
const password = 'kmsuser-passw0rd';

/** A user who knows all answers. What was asked is kept in `asked`, and what was said to them in `told`. */
function user(answers: KeyStoreSettings, more: Partial<KeyStoreQuestions> = {}): KeyStoreQuestions & { readonly asked: KeyStoreFieldId[]; readonly told: string[] } {
  const [asked, told]: [KeyStoreFieldId[], string[]] = [[], []];
  return {
    asked,
    told,
    region: ([first]) => Promise.resolve(first),
    type: () => Promise.resolve('AWS_CLOUDHSM'),
    field: ({ id, value }) => {
      asked.push(id);
      const text = answers[id] ?? value;
      assert.equal(fieldProblem(id, text, region), undefined);
      return Promise.resolve({ text });
    },
    change: () => Promise.resolve(undefined),
    confirmChange: (_store, lines) => {
      told.push(...lines);
      return Promise.resolve(true);
    },
    confirmDeletion: () => Promise.resolve(true),
    tryAgain: ({ message }) => {
      told.push(message);
      return Promise.resolve(false);
    },
    whileWaiting: (_title, task) => task(signal),
    ...more,
  };
}

describe('Custom key stores that are made, changed and deleted', () => {
  let emulator: EmulatorProcess;
  let service: KeyService;
  let proxy: XksProxy;

  before(async () => {
    emulator = await startEmulator();
    service = await connect({ kind: 'emulator', address: emulator.ready });
    proxy = await startXksProxy();
  });
  after(async () => {
    service.dispose();
    await proxy.stop();
    await emulator.stop();
  });
  afterEach(async () => {
    await administer(emulator.ready, '/_emulator/reset', {});
  });

  const ofCluster: KeyStoreSettings = { name: 'hsm', cloudHsmClusterId: 'cluster-2a23b4cdefg', trustAnchorCertificate: certificate, keyStorePassword: password };
  const ofProxy = (): KeyStoreSettings => ({
    name: 'xks',
    xksProxyConnectivity: 'PUBLIC_ENDPOINT',
    xksProxyUriEndpoint: proxy.endpoint,
    xksProxyUriPath: proxyPath,
    accessKeyId: proxyCredential.AccessKeyId,
    rawSecretAccessKey: proxyCredential.RawSecretAccessKey,
  });
  const external: Partial<KeyStoreQuestions> = { type: () => Promise.resolve('EXTERNAL_KEY_STORE') };

  async function find(id: string): Promise<CustomKeyStore> {
    const found = (await service.listCustomKeyStores(region, signal)).find(({ customKeyStoreId }) => customKeyStoreId === id);
    assert.ok(found !== undefined, `${id} is not there.`);
    return found;
  }

  async function make(answers: KeyStoreSettings, more: Partial<KeyStoreQuestions> = {}): Promise<CustomKeyStore> {
    return find((await createKeyStore(service, [region], user(answers, more))).customKeyStoreId);
  }

  async function connectStore({ customKeyStoreId }: CustomKeyStore): Promise<void> {
    await service.connectCustomKeyStore(region, customKeyStoreId, signal);
    await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 5 });
  }

  const choosing = (label: string): Partial<KeyStoreQuestions> => ({ change: (store) => Promise.resolve(changesOf(store).find((change) => change.label === label)) });
  const hasNoSecret = (text: string): void => {
    assert.ok(![password, proxyCredential.RawSecretAccessKey].some((secret) => text.includes(secret)), text);
  };

  it('take a key that the advisor makes, in a CloudHSM cluster', async () => {
    const { customKeyStoreId, call } = await createKeyStore(service, [region], user(ofCluster));
    hasNoSecret(cliText(call));
    assert.match(cliText(call), /--key-store-password file:/);
    const store = await find(customKeyStoreId);
    assert.deepEqual([store.name, store.type, store.connectionState, store.cloudHsmClusterId], ['hsm', 'AWS_CLOUDHSM', 'DISCONNECTED', 'cluster-2a23b4cdefg']);
    await connectStore(store);
    const { keyId } = await startCreation(service, { ...emptyDraft(region), origin: 'AWS_CLOUDHSM', customKeyStoreId }, emulator.ready.accountId, signal);
    const key = { region, keyId };
    assert.equal((await service.describeKey(key, signal)).customKeyStoreId, customKeyStoreId);
    const { ciphertext } = await service.encrypt(key, Buffer.from('kept'), {}, signal);
    assert.equal(Buffer.from((await service.decrypt(region, ciphertext, {}, signal)).plaintext).toString(), 'kept');
  });

  it('take a key that the advisor makes, behind a proxy that is spoken to', async () => {
    const { customKeyStoreId, call } = await createKeyStore(service, [region], user(ofProxy(), external));
    hasNoSecret(cliText(call));
    const store = await find(customKeyStoreId);
    assert.deepEqual([store.xksProxyUriEndpoint, store.xksProxyUriPath, store.accessKeyId], [proxy.endpoint, proxyPath, proxyCredential.AccessKeyId]);
    await connectStore(store);
    proxy.keys.set('outside', externalKey());
    const draft = { ...emptyDraft(region), origin: 'EXTERNAL_KEY_STORE' as const, customKeyStoreId, xksKeyId: 'outside' };
    const { keyId } = await startCreation(service, draft, emulator.ready.accountId, signal);
    const { ciphertext } = await service.encrypt({ region, keyId }, Buffer.from('kept outside'), {}, signal);
    assert.equal(Buffer.from((await service.decrypt(region, ciphertext, {}, signal)).plaintext).toString(), 'kept outside');
    assert.ok(proxy.calls.some(({ api }) => api.includes('outside/encrypt')));
  });

  it('tell what KMS refuses, and are tried again with other answers but the secret', async () => {
    await make(ofCluster);
    const answers = { ...ofCluster, cloudHsmClusterId: 'cluster-3a23b4cdefg' };
    const values: string[] = [];
    let names = 0;
    const told: string[] = [];
    const ask = user(answers, {
      field: ({ id, value }) => {
        values.push(`${id}=${value}`);
        if (id === 'name') names += 1;
        return Promise.resolve({ text: id === 'name' && names > 1 ? 'second' : (answers[id] ?? value) });
      },
      tryAgain: ({ message }) => {
        told.push(message);
        return Promise.resolve(true);
      },
    });
    const { name } = await createKeyStore(service, [region], ask);
    assert.equal(name, 'second');
    assert.match(told.join(), /has this name already\. Choose another one/);
    assert.deepEqual(values.slice(4).map((value) => value.slice(0, 40)), [
      'name=hsm',
      'cloudHsmClusterId=cluster-3a23b4cdefg',
      `trustAnchorCertificate=${certificate}`.slice(0, 40),
      'keyStorePassword=',
    ]);
  });

  it('make nothing when the user does not try again', async () => {
    const first = await make(ofCluster);
    await assert.rejects(createKeyStore(service, [region], user(ofCluster)), { code: 'CANCELLED' });
    assert.deepEqual((await service.listCustomKeyStores(region, signal)).map(({ customKeyStoreId }) => customKeyStoreId), [first.customKeyStoreId]);
  });

  it('keep a secret that KMS quotes out of what is said', async () => {
    const quoting = {
      createCustomKeyStore: () => Promise.reject(new KmsExplorerError('INVALID_REQUEST', `Value '${password}' is not good.`, { serviceCode: 'ValidationException' })),
    };
    const ask = user(ofCluster);
    await assert.rejects(createKeyStore({ ...service, ...quoting }, [region], ask), { code: 'CANCELLED' });
    assert.deepEqual(ask.told, ["Value '…' is not good."]);
  });

  it('let the user go back to a choice, and forget what it asked for', async () => {
    const script: readonly (FieldAnswer & object)[] = [{ text: 'xks' }, { text: 'VPC_ENDPOINT_SERVICE' }];
    const given: (FieldAnswer | undefined)[] = [...script, 'back', { text: 'PUBLIC_ENDPOINT' }];
    const asked: KeyStoreFieldId[] = [];
    const all = ofProxy();
    const ask = user(all, {
      ...external,
      field: ({ id, value }) => {
        asked.push(id);
        return Promise.resolve(given.length > 0 ? given.shift() : { text: all[id] ?? value });
      },
    });
    await createKeyStore(service, [region], ask);
    assert.deepEqual(asked, ['name', 'xksProxyConnectivity', 'xksProxyUriEndpoint', 'xksProxyConnectivity', 'xksProxyUriEndpoint', 'xksProxyUriPath', 'accessKeyId', 'rawSecretAccessKey']);
  });

  for (const id of ['name', 'cloudHsmClusterId', 'trustAnchorCertificate', 'keyStorePassword'] as const) {
    it(`make nothing when the user leaves at the ${id}`, async () => {
      const ask = user(ofCluster, { field: (question) => Promise.resolve(question.id === id ? undefined : { text: ofCluster[question.id] ?? '' }) });
      await assert.rejects(createKeyStore(service, [region], ask), { code: 'CANCELLED' });
      assert.deepEqual(await service.listCustomKeyStores(region, signal), []);
    });
  }

  it('change the password and the name of a CloudHSM key store', async () => {
    const store = await make(ofCluster);
    const renamed = await updateKeyStore(service, store, user({ name: 'new' }, choosing('Name')));
    assert.equal(cliText(renamed), `aws kms update-custom-key-store --custom-key-store-id ${store.customKeyStoreId} --new-custom-key-store-name new --region ${region}`);
    hasNoSecret(cliText(await updateKeyStore(service, store, user({ keyStorePassword: password }, choosing('Password of the kmsuser')))));
    assert.equal((await find(store.customKeyStoreId)).name, 'new');
  });

  it('change the address of a proxy after the lines that change are confirmed', async () => {
    const store = await make({ ...ofProxy(), xksProxyUriEndpoint: 'https://one.example.com', xksProxyUriPath: '/kms/xks/v1' }, external);
    const service1 = `com.amazonaws.vpce.${region}.vpce-svc-0123456789abcdef0`;
    const ask = user({ xksProxyConnectivity: 'VPC_ENDPOINT_SERVICE', xksProxyUriEndpoint: 'https://two.example.com', xksProxyVpcEndpointServiceName: service1 }, choosing('Connectivity of the proxy'));
    await updateKeyStore(service, store, ask);
    const { xksProxyConnectivity, xksProxyUriEndpoint, xksProxyVpcEndpointServiceName } = await find(store.customKeyStoreId);
    assert.deepEqual([xksProxyConnectivity, xksProxyUriEndpoint, xksProxyVpcEndpointServiceName], ['VPC_ENDPOINT_SERVICE', 'https://two.example.com', service1]);
    assert.ok(ask.told.includes('Proxy URI endpoint: https://one.example.com → https://two.example.com'), ask.told.join());
  });

  it('stay as they are when the change is not confirmed', async () => {
    const store = await make(ofCluster);
    const ask = user({ cloudHsmClusterId: 'cluster-3a23b4cdefg' }, { ...choosing('CloudHSM cluster'), confirmChange: () => Promise.resolve(false) });
    await assert.rejects(updateKeyStore(service, store, ask), { code: 'CANCELLED' });
    assert.equal((await find(store.customKeyStoreId)).cloudHsmClusterId, 'cluster-2a23b4cdefg');
  });

  it('are asked nothing when the change has to wait for another state', async () => {
    const store = await make(ofCluster);
    await connectStore(store);
    const ask = user({}, choosing('Password of the kmsuser'));
    await assert.rejects(updateKeyStore(service, await find(store.customKeyStoreId), ask), { code: 'INVALID_STATE' });
    assert.deepEqual(ask.asked, []);
  });

  it('change their credential and their name while they are connected', async () => {
    const store = await make(ofProxy(), external);
    await connectStore(store);
    const connected = await find(store.customKeyStoreId);
    await updateKeyStore(service, connected, user({ name: 'named anew' }, choosing('Name')));
    const call = await updateKeyStore(service, connected, user(ofProxy(), choosing('Credential of the proxy')));
    hasNoSecret(cliText(call));
    assert.deepEqual(call.options.at(-1), ['xks-proxy-authentication-credential', 'file://xks-proxy-credential.json']);
  });

  it('are deleted once they are disconnected and empty', async () => {
    const store = await make(ofCluster);
    await connectStore(store);
    await assert.rejects(deleteKeyStore(service, await find(store.customKeyStoreId), 0, user({})), { code: 'INVALID_STATE', message: /disconnect it first/ });
    await service.createKey(region, { keySpec: 'SYMMETRIC_DEFAULT', keyUsage: 'ENCRYPT_DECRYPT', origin: 'AWS_CLOUDHSM', customKeyStoreId: store.customKeyStoreId }, signal);
    await service.disconnectCustomKeyStore(region, store.customKeyStoreId, signal);
    await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 5 });
    const disconnected = await find(store.customKeyStoreId);
    await assert.rejects(deleteKeyStore(service, disconnected, 1, user({})), { code: 'INVALID_STATE', message: /has a key/ });
    await assert.rejects(deleteKeyStore(service, disconnected, 0, user({})), { code: 'INVALID_REQUEST', message: /still has keys/ });
  });

  it('are gone after their deletion was confirmed, and not before', async () => {
    const store = await make(ofCluster);
    await assert.rejects(deleteKeyStore(service, store, 0, user({}, { confirmDeletion: () => Promise.resolve(false) })), { code: 'CANCELLED' });
    assert.match(cliText(await deleteKeyStore(service, store, 0, user({}))), /delete-custom-key-store/);
    assert.deepEqual(await service.listCustomKeyStores(region, signal), []);
  });
});
