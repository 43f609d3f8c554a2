import assert from 'node:assert/strict';
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import * as vscode from 'vscode';
import { keyPanelViewType } from '../../src/contributions.ts';
import type { KeyTarget } from '../../src/core/kms/keyTarget.ts';
import { suiteVariable } from './suiteEnvironment.ts';

const region = 'us-east-1';

function panelTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(keyPanelViewType));
}

async function openKey(key: KeyTarget): Promise<void> {
  await vscode.commands.executeCommand('kmsExplorer.openKey', { key });
}

/** Tabs of the workbench follow the extension host a moment later. */
async function panelTitles(wanted: readonly string[]): Promise<void> {
  const end = Date.now() + 5000;
  const titles = (): readonly string[] => panelTabs().map(({ label }) => label);
  while (titles().join() !== wanted.join() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(titles(), wanted);
}

describe('The key panel', () => {
  const kms = new KMSClient({
    region,
    endpoint: suiteVariable('KMS_EXPLORER_TEST_ENDPOINT'),
    credentials: {
      accessKeyId: suiteVariable('KMS_EXPLORER_TEST_ACCESS_KEY_ID'),
      secretAccessKey: suiteVariable('KMS_EXPLORER_TEST_SECRET_ACCESS_KEY'),
    },
  });
  after(() => {
    kms.destroy();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await panelTitles([]);
  });

  async function createKey(aliasName: string | undefined): Promise<KeyTarget> {
    const { KeyMetadata: metadata } = await kms.send(new CreateKeyCommand({}));
    const { KeyId: keyId = '', Arn: arn = '' } = metadata ?? {};
    if (aliasName !== undefined) await kms.send(new CreateAliasCommand({ AliasName: aliasName, TargetKeyId: keyId }));
    return { region, keyId, arn, aliasName };
  }

  it('is named by the alias', async () => {
    await openKey(await createKey('alias/panel/named'));
    await panelTitles(['panel/named']);
  });

  it('is named by the key id when there is no alias', async () => {
    const key = await createKey(undefined);
    await openKey(key);
    await panelTitles([key.keyId]);
  });

  it('is opened once for each key, and shown again', async () => {
    const [one, other] = [await createKey('alias/panel/one'), await createKey('alias/panel/other')];
    await openKey(one);
    await openKey(other);
    await openKey(one);
    await panelTitles(['panel/one', 'panel/other']);
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, 'panel/one');
  });

  it('opens anew after it was closed', async () => {
    const key = await createKey('alias/panel/again');
    await openKey(key);
    await panelTitles(['panel/again']);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await panelTitles([]);
    await openKey(key);
    await panelTitles(['panel/again']);
  });
});
