import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DescribeCustomKeyStoresCommand, KMSClient } from '@aws-sdk/client-kms';
import { projectRoot } from '../host/system/projectPaths.ts';
import { useWorkbench } from './harness/useWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';

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
});
