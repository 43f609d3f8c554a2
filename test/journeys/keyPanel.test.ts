import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  ListAliasesCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  type CreateKeyCommandInput,
} from '@aws-sdk/client-kms';
import type { Frame, Locator } from 'playwright-core';
import { useWorkbench } from './harness/useWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';
import { findWebview } from './harness/webviews.ts';

const region = 'us-east-1';

interface TestKey {
  readonly alias: string;
  readonly keyId: string;
  readonly arn: string;
}

const tidy = (document: unknown): string => JSON.stringify(document, null, 2);

/** A policy that lets the whole account in, told apart by its Sid. */
const policyNamed = (sid: string): { readonly Version: string; readonly Statement: readonly [object] } => ({
  Version: '2012-10-17',
  Statement: [{ Sid: sid, Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' }],
});

describe('The key panel', () => {
  const workbench = useWorkbench();
  let kms: KMSClient;

  before(() => {
    const { endpoint, accessKeyId, secretAccessKey } = workbench().emulator();
    kms = new KMSClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
  });
  after(() => {
    kms.destroy();
  });

  async function createKey(name: string, input: CreateKeyCommandInput = {}): Promise<TestKey> {
    const alias = `alias/${name}`;
    const { KeyMetadata: metadata } = await kms.send(new CreateKeyCommand(input));
    const { KeyId: keyId = '', Arn: arn = '' } = metadata ?? {};
    await kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: keyId }));
    return { alias, keyId, arn };
  }

  async function storedPolicy({ keyId }: TestKey): Promise<unknown> {
    return JSON.parse((await kms.send(new GetKeyPolicyCommand({ KeyId: keyId }))).Policy ?? '') as unknown;
  }

  async function storePolicy({ keyId }: TestKey, policy: object): Promise<void> {
    await kms.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy: JSON.stringify(policy) }));
  }

  /** Opens a key through the palette, as somebody who knows its alias would. */
  async function open({ alias, arn }: TestKey): Promise<Frame> {
    const { quickInput, page } = workbench();
    await quickInput.runCommand('KMS: Refresh Keys');
    await quickInput.runCommand('KMS: Open Key');
    await quickInput.field.fill(arn);
    await quickInput.rows.filter({ hasText: arn }).first().click();
    return findWebview(page, alias);
  }

  async function openPolicy(key: TestKey): Promise<Frame> {
    const panel = await open(key);
    await panel.getByRole('tab', { name: 'Key policy' }).click();
    await editorOf(panel).waitFor();
    return panel;
  }

  function editorOf(panel: Frame): Locator {
    return panel.getByRole('textbox', { name: 'Key policy as JSON' });
  }

  function button(panel: Frame, name: string): Locator {
    return panel.getByRole('button', { name, exact: true });
  }

  async function isDisabled(panel: Frame, name: string): Promise<boolean> {
    return (await button(panel, name).getAttribute('disabled')) !== null;
  }

  async function replacePolicy(panel: Frame, text: string): Promise<void> {
    const { keyboard } = workbench().page;
    await editorOf(panel).click();
    await keyboard.press('Control+A');
    await keyboard.insertText(text);
  }

  /** The value and the explanation of a field. */
  async function fact(panel: Frame, label: string): Promise<string> {
    const row = panel.locator('.fact').filter({ has: panel.locator('dt').getByText(label, { exact: true }) });
    await row.first().waitFor();
    return (await row.first().innerText()).replaceAll(/\s+/g, ' ');
  }

  it('explains the metadata of a key that was picked by its ARN', async () => {
    const key = await createKey('journey/explained', { Description: 'For the journey' });
    const panel = await open(key);
    assert.match(await fact(panel, 'Description'), /For the journey/);
    assert.match(await fact(panel, 'ARN'), new RegExp(key.arn));
    assert.match(await fact(panel, 'Key state'), /Enabled The key works/);
    assert.match(await fact(panel, 'Key spec'), /SYMMETRIC_DEFAULT One 256-bit symmetric key/);
    assert.match(await fact(panel, 'Origin'), /AWS_KMS KMS made the key material/);
    await workbench().screenshot('key-panel-overview');
  });

  it('lists aliases and tags', async () => {
    const panel = await open(await createKey('journey/labelled', { Tags: [{ TagKey: 'team', TagValue: 'orders' }] }));
    await panel.getByRole('tab', { name: 'Tags (1)' }).click();
    await panel.getByRole('row', { name: 'team orders' }).waitFor();
    await panel.getByRole('tab', { name: 'Aliases (1)' }).click();
    await panel.getByRole('rowheader', { name: 'alias/journey/labelled' }).waitFor();
  });

  it('says that an RSA key cannot rotate, and why, without calling it an error', async () => {
    const panel = await open(await createKey('journey/rsa', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }));
    await panel.getByRole('tab', { name: 'Rotation' }).click();
    await panel.getByRole('heading', { name: 'Not supported for this key' }).waitFor();
    await panel.getByText('KMS does not rotate asymmetric keys').waitFor();
    assert.equal(await panel.getByRole('alert').count(), 0);
  });

  it('warns of a key that is disabled or pending deletion', async () => {
    const disabled = await createKey('journey/disabled');
    await kms.send(new DisableKeyCommand({ KeyId: disabled.keyId }));
    await (await open(disabled)).getByRole('heading', { name: 'Disabled', exact: true }).waitFor();
    const dying = await createKey('journey/dying');
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: dying.keyId, PendingWindowInDays: 7 }));
    const panel = await open(dying);
    await panel.getByRole('heading', { name: /^Pending deletion: / }).waitFor();
    await panel.locator('.notice').getByText('in 7 days').waitFor();
  });

  it('copies the ARN', async () => {
    const key = await createKey('journey/copied');
    const panel = await open(key);
    await panel.getByRole('button', { name: 'Copy ARN' }).click();
    await panel.getByText('Copied', { exact: true }).waitFor();
    const copied = await waitUntil('the ARN on the clipboard', async () => {
      const text = await workbench().page.evaluate('navigator.clipboard.readText()');
      return text === key.arn ? key.arn : null;
    });
    assert.equal(copied, key.arn);
  });

  it('names the place of a syntax error, and saves the policy once it is mended and reviewed', async () => {
    const key = await createKey('journey/edited');
    const before = await storedPolicy(key);
    const panel = await openPolicy(key);
    assert.equal(await isDisabled(panel, 'Review Changes'), true, 'an unchanged policy can be saved');

    await replacePolicy(panel, '{\n  "Version": "2012-10-17"\n  "Statement": []\n}');
    await panel.getByText('Line 3, column 3').waitFor();
    assert.match(await panel.locator('.problem').innerText(), /A comma is expected here/);
    assert.equal(await isDisabled(panel, 'Review Changes'), true, 'a broken policy can be saved');
    await workbench().screenshot('key-panel-syntax-error');

    await replacePolicy(panel, tidy(policyNamed('Mended')));
    await panel.locator('.problem').waitFor({ state: 'detached' });
    await button(panel, 'Review Changes').click();
    await panel.getByLabel('Policy stored in KMS').getByText('Enable IAM User Permissions').waitFor();
    await panel.getByLabel('Edited policy').getByText('Mended').waitFor();
    await workbench().screenshot('key-panel-diff');
    assert.deepEqual(await storedPolicy(key), before);

    await button(panel, 'Save Policy').click();
    await panel.getByText('KMS has stored the key policy.').waitFor();
    assert.deepEqual(await storedPolicy(key), policyNamed('Mended'));
    assert.match(await editorOf(panel).innerText(), /Mended/);
  });

  it('shows KMS’s own answer to a policy it refuses, and keeps the edit', async () => {
    const key = await createKey('journey/refused');
    const before = await storedPolicy(key);
    const panel = await openPolicy(key);
    const { Statement: [statement] } = policyNamed('Refused');
    await replacePolicy(panel, tidy({ ...policyNamed('Refused'), Statement: [statement, { ...statement, Sid: 'Second', Effect: 'Perhaps' }] }));
    await panel.getByRole('button', { name: /error Line \d+, column \d+ .*Effect/ }).waitFor();
    await button(panel, 'Review Changes').click();
    await panel.getByRole('heading', { name: /errors? (?:is|are) left in the policy/ }).waitFor();
    await button(panel, 'Save Policy').click();
    const refusal = await panel.getByRole('alert').innerText();
    assert.match(refusal, /MalformedPolicyDocumentException/);
    assert.match(refusal, /PutKeyPolicy in us-east-1 failed: /);
    await workbench().screenshot('key-panel-refused');
    assert.deepEqual(await storedPolicy(key), before);

    await button(panel, 'Go On Editing').click();
    assert.match(await editorOf(panel).innerText(), /Perhaps/);
    await button(panel, 'Discard Changes').click();
  });

  it('does not overwrite a policy that somebody changed meanwhile', async () => {
    const key = await createKey('journey/raced');
    const panel = await openPolicy(key);
    await replacePolicy(panel, tidy(policyNamed('Mine')));
    await storePolicy(key, policyNamed('Theirs'));
    await button(panel, 'Review Changes').click();
    await button(panel, 'Save Policy').click();
    await panel.getByText('Someone changed this key policy').waitFor();
    assert.deepEqual(await storedPolicy(key), policyNamed('Theirs'));

    await button(panel, 'Compare With Stored Policy').click();
    await panel.getByLabel('Policy stored in KMS').getByText('Theirs').waitFor();
    await button(panel, 'Save Policy').click();
    await panel.getByText('KMS has stored the key policy.').waitFor();
    assert.deepEqual(await storedPolicy(key), policyNamed('Mine'));
  });

  it('keeps an edit while another editor hides the panel, and offers it again when the panel is closed', async () => {
    const { editor, messages, page, quickInput } = workbench();
    const key = await createKey('journey/kept');
    const panel = await openPolicy(key);
    await replacePolicy(panel, tidy(policyNamed('Kept')));
    await editor.tab('● journey/kept').waitFor();
    await editor.open('.env');
    await editor.tab('● journey/kept').click();
    const again = await findWebview(page, key.alias);
    await again.getByRole('tab', { name: 'Key policy' }).click();
    await again.getByText('"Kept"').waitFor();

    await quickInput.runCommand('View: Close Editor');
    await messages.waitForNotification('The key policy of journey/kept was edited and not saved.');
    await messages.answerNotification('was edited and not saved', 'Reopen');
    const reopened = await findWebview(page, key.alias);
    await reopened.getByRole('tab', { name: 'Key policy' }).click();
    await reopened.getByText('"Kept"').waitFor();
    await button(reopened, 'Discard Changes').click();
    await editor.tab('● journey/kept').waitFor({ state: 'detached' });
  });

  it('shows the policy of an AWS managed key for reading only, and why', async () => {
    const { Aliases: aliases = [] } = await kms.send(new ListAliasesCommand({}));
    const managed = aliases.find(({ AliasName: name, TargetKeyId: id }) => name?.startsWith('alias/aws/') === true && id !== undefined);
    const { AliasName: alias = '', TargetKeyId: keyId = '' } = managed ?? {};
    const arn = `arn:aws:kms:${region}:111122223333:key/${keyId}`;
    const panel = await openPolicy({ alias, keyId, arn });
    await panel.getByText('This is an AWS managed key.').waitFor();
    assert.equal(await button(panel, 'Review Changes').count(), 0);
    const before = await editorOf(panel).innerText();
    assert.match(before, /kms:ViaService/);
    await replacePolicy(panel, 'mine now');
    assert.equal(await editorOf(panel).innerText(), before);
  });

  it('saves nothing once the backend changed, until the key is loaded again', async () => {
    const key = await createKey('journey/switched');
    const before = await storedPolicy(key);
    const panel = await openPolicy(key);
    await replacePolicy(panel, tidy(policyNamed('Switched')));
    await button(panel, 'Review Changes').click();
    const settingsFile = join(workbench().serverData, 'data', 'Machine', 'settings.json');
    const settings = await readFile(settingsFile, 'utf8');
    try {
      await writeFile(settingsFile, settings.replace('"kmsExplorer.backend": "emulator"', '"kmsExplorer.backend": "none"'));
      await panel.getByRole('heading', { name: 'The backend changed' }).waitFor();
      assert.equal(await isDisabled(panel, 'Save Policy'), true);
      assert.deepEqual(await storedPolicy(key), before);

      await writeFile(settingsFile, settings);
      await workbench().messages.statusItem('KMS: emulator').waitFor();
      await button(panel, 'Load Again').click();
      await panel.getByRole('heading', { name: 'The backend changed' }).waitFor({ state: 'detached' });
      await panel.getByText('"Switched"').waitFor();
      await button(panel, 'Review Changes').click();
      await button(panel, 'Save Policy').click();
      await panel.getByText('KMS has stored the key policy.').waitFor();
      assert.deepEqual(await storedPolicy(key), policyNamed('Switched'));
    } finally {
      await writeFile(settingsFile, settings);
    }
  });
});

describe('The key panel of an emulator that died', () => {
  const workbench = useWorkbench();

  it('says so in every section, and loads once the emulator runs again', async () => {
    const { quickInput, page, emulator } = workbench();
    await quickInput.runCommand('KMS: Open Key');
    await quickInput.row('orders/config').click();
    const panel = await findWebview(page, 'alias/orders/config');
    await panel.locator('.fact').first().waitFor();
    await emulator().stop();

    await quickInput.runCommand('View: Close Editor');
    await quickInput.runCommand('KMS: Open Key');
    await quickInput.row('orders/config').click();
    const dead = await findWebview(page, 'could not load the metadata');
    assert.match(await dead.getByRole('alert').first().innerText(), /does not answer\. Restart it to go on\./);
    await workbench().screenshot('key-panel-emulator-died');

    await quickInput.runCommand('KMS: Start Local Emulator');
    await dead.locator('vscode-button', { hasText: 'Retry' }).first().click();
    await dead.locator('.fact').first().waitFor();
    assert.equal(await dead.getByRole('alert').count(), 0);
  });
});
