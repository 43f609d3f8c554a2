import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeCustomKeyStoresCommand, DescribeKeyCommand, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { certificate } from '../emulator/support/proxy/certificate.ts';
import { projectRoot } from '../host/system/projectPaths.ts';
import { filesHolding } from './harness/filesHolding.ts';
import { useWorkbench } from './harness/useWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';
import { findWebview } from './harness/webviews.ts';

const secret = 'never+logged/'.padEnd(44, '=');

describe('Custom key stores in the Keys view', () => {
  const workbench = useWorkbench({ seed: join(projectRoot, 'test', 'journeys', 'keyStores.yaml') });
  let kms: KMSClient;

  before(() => {
    const { endpoint, accessKeyId, secretAccessKey } = workbench().emulator();
    kms = new KMSClient({ region: 'us-east-1', endpoint, credentials: { accessKeyId, secretAccessKey } });
  });
  after(() => {
    kms.destroy();
  });
  beforeEach(async () => {
    const { keys, quickInput } = workbench();
    await keys.open();
    await quickInput.runCommand('KMS: Group Keys By...');
    await quickInput.rows.filter({ hasText: 'Key store' }).first().click();
    await keys.row('vault').waitFor();
  });

  async function describedAs(label: string, words: string): Promise<void> {
    await waitUntil(`${label} described as ${words}`, async () => ((await workbench().keys.description(label).catch(() => '')).includes(words) ? true : null));
  }

  async function idOf(name: string): Promise<string> {
    return (await kms.send(new DescribeCustomKeyStoresCommand({ CustomKeyStoreName: name }))).CustomKeyStores?.[0]?.CustomKeyStoreId ?? '';
  }

  /** The external keys of the KMS keys in a store. */
  async function externalIdsIn(storeId: string): Promise<readonly (string | undefined)[]> {
    const { Keys: listed = [] } = await kms.send(new ListKeysCommand({}));
    const described = await Promise.all(listed.map(({ KeyId }) => kms.send(new DescribeKeyCommand({ KeyId }))));
    return described.flatMap(({ KeyMetadata: metadata }) => (metadata?.CustomKeyStoreId === storeId ? [metadata.XksKeyConfiguration?.Id] : []));
  }

  async function stateOf(name: string): Promise<string | undefined> {
    return (await kms.send(new DescribeCustomKeyStoresCommand({ CustomKeyStoreName: name }))).CustomKeyStores?.[0]?.ConnectionState;
  }

  it('show their name, type and connection, with and without keys', async () => {
    const { keys } = workbench();
    await describedAs('vault', '1 · CloudHSM key store · connected · us-east-1');
    await describedAs('spare', 'CloudHSM key store · disconnected');
    await keys.expand('vault');
    await keys.row('vault/key').waitFor();
    await workbench().screenshot('key-stores');
  });

  it('are disconnected after a question and connected again', async () => {
    const { keys, messages } = workbench();
    await describedAs('vault', 'connected');
    await keys.runFromMenu('vault', 'Disconnect Key Store');
    await messages.waitForDialog('None of its keys can be used');
    await messages.answerDialog('Disconnect');
    await describedAs('vault', 'disconnected');
    assert.equal(await stateOf('vault'), 'DISCONNECTED');
    await keys.expand('vault');
    await describedAs('vault/key', 'unavailable');

    await keys.runFromMenu('vault', 'Connect Key Store');
    await describedAs('vault', '· connected');
    assert.equal(await stateOf('vault'), 'CONNECTED');
    await waitUntil('the key usable again', async () => ((await keys.description('vault/key')).includes('unavailable') ? null : true));
  });

  it('say in words why a connection failed', async () => {
    const { keys, messages, quickInput } = workbench();
    await quickInput.runCommand('KMS: Connect Key Store');
    await quickInput.pick('spare');
    await messages.waitForNotification(/could not connect to spare\. .*kmsuser is locked out/);
    await describedAs('spare', 'failed');
    await keys.hoverUntil('spare', 'kmsuser is locked out');
  });

  it('are created in front of a proxy, take a key of the advisor, and change', async () => {
    const { keys, quickInput, messages, page } = workbench();
    await quickInput.runCommand('KMS: Create Key Store...');
    await quickInput.pick('us-east-1');
    await quickInput.pick('External key store');
    await quickInput.waitFor('unique in the account and Region');
    await quickInput.answer('outside');
    await quickInput.pick('Public endpoint');
    await quickInput.waitFor('Where the proxy is');
    await quickInput.answer('https://xks.example.com:8443');
    await waitUntil('the port refused', async () => ((await quickInput.message()).includes('Leave the port out') ? true : null));
    await quickInput.answer('https://xks.example.com');
    await quickInput.waitFor('The path to the API of the proxy');
    await quickInput.answer('/safe/kms/xks/v1');
    await quickInput.waitFor('was set up on the proxy for KMS');
    await quickInput.answer('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    await quickInput.waitFor('The secret access key');
    assert.equal(await quickInput.field.getAttribute('type'), 'password');
    await quickInput.answer(secret);
    await messages.waitForNotification(/Created the key store outside/);
    await describedAs('outside', 'external key store · disconnected');
    await keys.runFromMenu('outside', 'Connect Key Store');
    await describedAs('outside', '· connected');

    await quickInput.runCommand('KMS: Create Key');
    const panel = await findWebview(page, 'Create a KMS key');
    await panel.getByLabel(/^Key material/).selectOption({ label: 'External key store (EXTERNAL_KEY_STORE)' });
    const id = await idOf('outside');
    await panel.getByLabel(/^Custom key store(?! id)/).selectOption({ label: `outside (${id}), connected` });
    await panel.getByLabel('Key id in the external key manager').fill('safe-1');
    await panel.getByRole('button', { name: 'Create Key' }).click();
    await waitUntil('the key in its store', async () => ((await externalIdsIn(id)).includes('safe-1') ? true : null));
    await quickInput.runCommand('View: Close All Editors');

    await keys.runFromMenu('outside', 'Change Key Store...');
    await quickInput.pick('URI path of the proxy');
    await quickInput.waitFor('It ends in /kms/xks/v1');
    await quickInput.answer('/safer/kms/xks/v1');
    await messages.waitForDialog('Proxy URI path: /safe/kms/xks/v1 → /safer/kms/xks/v1');
    await messages.answerDialog('Change');
    await messages.waitForNotification(/Changed the key store outside/);
    await quickInput.runCommand('KMS: Disconnect Key Store');
    await quickInput.pick('outside');
    await messages.answerDialog('Disconnect');
    await describedAs('outside', 'disconnected');
    await quickInput.runCommand('KMS: Delete Key Store');
    await quickInput.pick('outside');
    await messages.waitForNotification(/outside has a key\. Schedule the deletion/);
    const { serverData } = workbench();
    assert.deepEqual(await filesHolding(join(serverData, 'data', 'logs'), [secret]), []);
  });

  it('are created on a cluster with its certificate, and deleted after a question', async () => {
    const { keys, quickInput, messages, workspace } = workbench();
    await writeFile(join(workspace, 'customerCA.crt'), certificate);
    await quickInput.runCommand('KMS: Create Key Store...');
    await quickInput.pick('us-east-1');
    await quickInput.pick('CloudHSM key store');
    await quickInput.waitFor('unique in the account and Region');
    await quickInput.answer('third');
    await quickInput.waitFor('The id of an active CloudHSM cluster');
    await quickInput.answer('cluster-3a23b4cdefg');
    await quickInput.pick('Choose the file…');
    await quickInput.waitFor('Trust anchor certificate');
    await quickInput.pick('customerCA.crt');
    await quickInput.waitFor('The password that the crypto user kmsuser has');
    await quickInput.answer('kmsuser-pass');
    await messages.waitForNotification(/Created the key store third/);
    await describedAs('third', 'CloudHSM key store · disconnected');
    await keys.runFromMenu('third', 'Delete Key Store');
    await messages.waitForDialog('The CloudHSM cluster stays as it is');
    await messages.answerDialog('Delete Key Store');
    await keys.row('third').waitFor({ state: 'detached' });
    assert.equal((await kms.send(new DescribeCustomKeyStoresCommand({}))).CustomKeyStores?.some(({ CustomKeyStoreName: name }) => name === 'third'), false);
  });
});
