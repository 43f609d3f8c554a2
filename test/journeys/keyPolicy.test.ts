import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { CreateAliasCommand, CreateGrantCommand, CreateKeyCommand, GetKeyPolicyCommand, KMSClient, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import type { Frame, Locator } from 'playwright-core';
import { projectRoot } from '../host/system/projectPaths.ts';
import { useWorkbench } from './harness/useWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';
import { findWebview } from './harness/webviews.ts';

const region = 'us-east-1';
const account = '111122223333';
const root = `arn:aws:iam::${account}:root`;

const allow = (sid: string, principal: string, action: string | readonly string[], more: object = {}): object => ({
  Sid: sid, Effect: 'Allow', Principal: { AWS: principal }, Action: action, Resource: '*', ...more,
});
const textOf = (...statements: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
const all = allow('All', root, 'kms:*');

describe('The key policy', () => {
  const workbench = useWorkbench({ size: { width: 1280, height: 1000 }, seed: join(projectRoot, 'test', 'journeys', 'keyPolicy.yaml') });
  let kms: KMSClient;

  before(() => {
    const { endpoint, accessKeyId, secretAccessKey } = workbench().emulator();
    kms = new KMSClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
  });
  after(() => {
    kms.destroy();
  });

  async function createKey(name: string, policy?: string): Promise<string> {
    const { KeyMetadata: metadata } = await kms.send(new CreateKeyCommand(policy === undefined ? {} : { Policy: policy }));
    const { KeyId: keyId = '' } = metadata ?? {};
    await kms.send(new CreateAliasCommand({ AliasName: `alias/${name}`, TargetKeyId: keyId }));
    return keyId;
  }

  async function stored(keyId: string): Promise<string> {
    return (await kms.send(new GetKeyPolicyCommand({ KeyId: keyId }))).Policy ?? '';
  }

  /** Runs a command that asks for a key, and picks the one. */
  async function runOnKey(command: string, keyId: string): Promise<void> {
    const { quickInput } = workbench();
    await quickInput.runCommand('KMS: Refresh Keys');
    await quickInput.runCommand(command);
    await quickInput.field.fill(keyId);
    await quickInput.rows.filter({ hasText: keyId }).first().click();
  }

  async function openTab(name: string, keyId: string, tab: string): Promise<Frame> {
    await runOnKey('KMS: Open Key', keyId);
    const panel = await findWebview(workbench().page, `alias/${name}`);
    await panel.getByRole('tab', { name: tab }).click();
    return panel;
  }

  const editorOf = (panel: Frame): Locator => panel.getByRole('textbox', { name: 'Key policy as JSON' });
  const press = (panel: Frame, name: string): Promise<void> => panel.getByRole('button', { name, exact: true }).click();

  /** VS Code selects everything in a view once more after Control+A, and that could come when the text is in already. */
  async function replacePolicy(panel: Frame, text: string): Promise<void> {
    const { keyboard } = workbench().page;
    await editorOf(panel).click();
    await keyboard.press('Control+Home');
    await keyboard.press('Control+Shift+End');
    await keyboard.insertText(text);
  }

  /** Replaces the text of the document in front. It is pasted, for what is typed is indented and its brackets closed. */
  async function writeDocument(text: string): Promise<void> {
    const { editor, page } = workbench();
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await editor.active.locator('.view-lines').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+V');
  }

  /** The text of the editor, which draws only what fits. */
  const shown = async (panel: Frame): Promise<string> => (await editorOf(panel).innerText()).replaceAll('\u00a0', ' ');

  async function checkAxe(what: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page: workbench().page })
      .include(['iframe.webview.ready', 'iframe#active-frame', 'main'])
      // Line numbers and tokens have the colours of the user's theme, and VS Code's own dim its line numbers.
      .exclude(['iframe.webview.ready', 'iframe#active-frame', 'kms-policy-editor'])
      .exclude(['iframe.webview.ready', 'iframe#active-frame', 'kms-policy-diff'])
      .analyze();
    assert.deepEqual(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${what}: ${id} at ${target.join(' ')}`)), []);
  }

  it('is looked at while it is typed, with quick fixes that can be undone', async () => {
    const panel = await openTab('policy/linted', await createKey('policy/linted'), 'Key policy');
    await replacePolicy(panel, textOf(all, allow('Typo', root, 'kms:Decryptt')));
    await panel.getByRole('button', { name: /error Line \d+, column \d+ / }).first().waitFor();
    await workbench().screenshot('key-policy-lint');
    await checkAxe('lint');
    await press(panel, 'Change to kms:Decrypt');
    await panel.getByRole('button', { name: /error Line/ }).waitFor({ state: 'detached' });
    assert.match(await shown(panel), /"kms:Decrypt"/);
    await editorOf(panel).click();
    await workbench().page.keyboard.press('Control+Z');
    await panel.getByRole('button', { name: /error Line/ }).first().waitFor();
    await press(panel, 'Discard Changes');
  });

  it('completes actions and tells about them', async () => {
    const { page } = workbench();
    const panel = await openTab('policy/completed', await createKey('policy/completed'), 'Key policy');
    await replacePolicy(panel, '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": ["kms:Descr');
    await page.keyboard.press('Control+Space');
    const option = panel.getByRole('option', { name: /^kms:DescribeKey/ });
    // The list is drawn outside the window first, to be measured.
    await waitUntil('the list of actions in the window', async () => (((await option.boundingBox())?.y ?? -1) > 0 ? true : null));
    await workbench().screenshot('key-policy-completion');
    await page.keyboard.press('Enter');
    await panel.getByText('"kms:DescribeKey"').hover();
    await panel.locator('.policy-hover').getByText(/Access level: Read/).waitFor();
    await page.keyboard.press('Escape');
    // Users and roles of the account are asked for when it comes to principals.
    await replacePolicy(panel, '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "AWS": "');
    await page.keyboard.press('Control+Space');
    await panel.getByRole('option', { name: `arn:aws:iam::${account}:role/auditor` }).waitFor();
    await page.keyboard.press('Escape');
    await replacePolicy(panel, textOf(all, allow('Gone', `arn:aws:iam::${account}:role/gone`, 'kms:Decrypt')));
    await panel.getByRole('button', { name: /This principal does not exist/ }).waitFor();
    await press(panel, 'Discard Changes');
  });

  it('takes a template as one step that can be undone', async () => {
    const { page } = workbench();
    const keyId = await createKey('policy/templates');
    const panel = await openTab('policy/templates', keyId, 'Key policy');
    await editorOf(panel).waitFor();
    await panel.getByLabel('Template', { exact: true }).selectOption({ label: 'Another account' });
    await press(panel, 'Insert Template');
    await panel.getByText('Allow use by another account').waitFor();
    await editorOf(panel).click();
    await page.keyboard.press('Control+Z');
    await panel.getByText('Allow use by another account').waitFor({ state: 'detached' });
    assert.deepEqual(JSON.parse(await shown(panel)), JSON.parse(await stored(keyId)));
  });

  it('is saved with a summary of who gains and who loses', async () => {
    const keyId = await createKey('policy/summed', textOf(all, allow('App', `arn:aws:iam::${account}:role/app`, 'kms:Decrypt')));
    const panel = await openTab('policy/summed', keyId, 'Key policy');
    const manage = allow('Account', root, ['kms:Put*', 'kms:Get*']);
    await replacePolicy(panel, textOf(manage, allow('Batch', `arn:aws:iam::${account}:role/batch`, ['kms:Encrypt', 'kms:Decrypt'])));
    await press(panel, 'Review Changes');
    const summary = panel.getByRole('group', { name: 'Who gains and loses access' });
    await summary.getByText(`Role batch of account ${account} may now Decrypt and Encrypt.`).waitFor();
    await summary.getByText(`Role app of account ${account} may no longer Decrypt.`).waitFor();
    // Nobody names the auditor, whose IAM policy counts for less now.
    await summary.getByText(`Role auditor of account ${account} may no longer DescribeKey, ListGrants`).waitFor();
    await workbench().screenshot('key-policy-summary');
    await checkAxe('review');
    await press(panel, 'Save Policy');
    await panel.getByText('KMS has stored the key policy.').waitFor();
    assert.match(await stored(keyId), /Batch/);
  });

  it('stops before its user is locked out, until they type the name of the key', async () => {
    const keyId = await createKey('policy/locked');
    const before = await stored(keyId);
    const panel = await openTab('policy/locked', keyId, 'Key policy');
    await replacePolicy(panel, textOf(allow('Use only', root, ['kms:Decrypt', 'kms:DescribeKey', 'kms:GetKeyPolicy'])));
    await panel.getByRole('button', { name: /can no longer change the policy of the key/ }).waitFor();
    await press(panel, 'Review Changes');
    await panel.getByRole('heading', { name: 'With this policy you lock yourself out.' }).waitFor();
    const save = panel.getByRole('button', { name: 'Save Policy', exact: true });
    assert.notEqual(await save.getAttribute('disabled'), null);
    assert.equal(await stored(keyId), before);
    await workbench().screenshot('key-policy-lockout');
    const name = panel.getByLabel('To save it all the same, type policy/locked');
    await name.fill('policy/lock');
    assert.notEqual(await save.getAttribute('disabled'), null);
    await name.fill('policy/locked');
    await save.click();
    await panel.getByText('KMS has stored the key policy.').waitFor();
    assert.match(await stored(keyId), /Use only/);
  });

  it('opens as a document, is completed and looked at there, and is saved by hand', async () => {
    const { editor, page, quickInput } = workbench();
    const keyId = await createKey('policy/document');
    const panel = await openTab('policy/document', keyId, 'Key policy');
    await press(panel, 'Open as Document');
    await editor.tab('policy-document.kms-policy.json').waitFor();
    await editor.waitForText('"Statement"');
    await writeDocument(textOf(all, allow('Typo', root, 'kms:Decryptt')));
    await quickInput.runCommand('View: Focus Problems (Errors, Warnings, Infos)');
    await page.locator('.markers-panel').getByText('KMSP017').waitFor();
    await workbench().screenshot('key-policy-document');
    await writeDocument('{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "AWS": "');
    await quickInput.runCommand('Trigger Suggest');
    await page.locator('.suggest-widget').getByText('role/auditor').waitFor();
    await page.keyboard.press('Escape');
    await writeDocument(textOf({ ...all, Sid: 'From a document' }));
    await editor.save();
    assert.match(await stored(keyId), /From a document/);
  });

  it('says who loses what before a document is saved, asks for the name of the key before a lockout, and tells of a conflict', async () => {
    const { editor, messages, page, quickInput } = workbench();
    const keyId = await createKey('policy/guarded');
    await runOnKey('KMS: Open Key Policy as Document', keyId);
    await editor.tab('policy-guarded.kms-policy.json').waitFor();
    await editor.waitForText('"Statement"');
    await writeDocument(textOf(allow('Use only', root, ['kms:Decrypt', 'kms:DescribeKey', 'kms:GetKeyPolicy'])));
    const before = await stored(keyId);
    await quickInput.runCommand('File: Save');
    assert.match(await messages.waitForDialog('This key policy changes who may use policy-guarded.'), /Who loses:/);
    await workbench().screenshot('key-policy-document-changes');
    await messages.answerDialog('Save');
    await quickInput.waitFor('With this policy you lock yourself out of policy-guarded');
    await workbench().screenshot('key-policy-document-lockout');
    await quickInput.answer('policy');
    await messages.waitForNotification('Nothing was saved.');
    assert.equal(await stored(keyId), before);
    await messages.clear();

    await kms.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy: textOf({ ...all, Sid: 'Theirs' }) }));
    await writeDocument(textOf({ ...all, Sid: 'Mine' }));
    await quickInput.runCommand('File: Save');
    await messages.waitForNotification('was changed by someone else since you opened it.');
    assert.match(await stored(keyId), /Theirs/);
    await messages.answerNotification('was changed by someone else', 'Compare With Live');
    await editor.tab('live policy and yours').waitFor();
    await page.locator('.diff-editor, .monaco-diff-editor').getByText('Theirs').first().waitFor();
  });

  it('has a tab that tells who may do what, and why', async () => {
    const { page } = workbench();
    const app = `arn:aws:iam::${account}:role/app`;
    const context = { Condition: { StringEquals: { 'kms:EncryptionContext:service': 'orders' } } };
    const manage = ['kms:PutKeyPolicy', 'kms:Describe*', 'kms:Get*', 'kms:List*'];
    const policy = textOf(allow('Account', root, manage), allow('App', app, 'kms:Decrypt', context));
    const keyId = await createKey('policy/access');
    await kms.send(new CreateGrantCommand({ KeyId: keyId, GranteePrincipal: root, Operations: ['Encrypt'] }));
    await kms.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy: policy, BypassPolicyLockoutSafetyCheck: true }));
    const panel = await openTab('policy/access', keyId, 'Access');
    const cell = (name: string): Locator => panel.getByRole('button', { name, exact: true });

    await cell(`Decrypt by app: allowed under conditions`).click();
    await panel.getByText('Statement 2, App:').first().waitFor();
    await panel.getByText('if kms:EncryptionContext:service is "orders"').first().waitFor();
    await cell(`Encrypt by ${account} root: allowed`).click();
    await panel.getByText(/^Grant \w+ allows kms:Encrypt/).waitFor();
    await cell(`Decrypt by ${account} root: denied, could be had by PutKeyPolicy`).waitFor();
    await panel.getByText('could give themselves access by PutKeyPolicy').waitFor();
    // Nobody names the auditor, whose IAM policy counts because the key policy lets the account decide.
    await cell('DescribeKey by auditor: allowed').click();
    await panel.getByText(/and so does statement 1 \("Look"\) of an identity policy/).waitFor();
    await workbench().screenshot('key-access-iam');
    await cell('PutKeyPolicy by auditor: denied').waitFor();
    await cell('DescribeKey by alice: allowed').waitFor();
    await cell('GetKeyPolicy by alice: denied').waitFor();
    await cell(`Encrypt by ${account} root: allowed`).click();
    await workbench().screenshot('key-access');

    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await panel.getByRole('heading', { name: `Encrypt by role app of account ${account}` }).waitFor();
    await checkAxe('access');

    await panel.getByRole('combobox', { name: /^Operation/ }).selectOption('Decrypt');
    await panel.getByLabel('Principal ARN').fill(app);
    await panel.getByRole('form', { name: 'Try a request' }).getByLabel(/^Encryption context/).fill('service=orders');
    await press(panel, 'Decide');
    await panel.getByRole('heading', { name: 'Allowed: Decrypt' }).waitFor();
    await panel.getByRole('form', { name: 'Try a request' }).getByLabel(/^Encryption context/).fill('service=billing');
    await press(panel, 'Decide');
    await panel.getByRole('heading', { name: 'Denied: Decrypt' }).waitFor();
    await panel.getByText(/would allow it, but needs StringEquals kms:EncryptionContext:service, and the request has a value that does not fit/).waitFor();
    await workbench().screenshot('key-access-try');
  });

  it('has a tab that says what could not be read, and takes nothing of it for denied', async () => {
    const { messages, quickInput, serverData } = workbench();
    const keyId = await createKey('policy/viewed');
    const keys = ['aws_access_key_id = AKIAVIEWER', 'aws_secret_access_key = viewer-secret'];
    const profile = ['[profile viewer]', `region = ${region}`, ...keys, `endpoint_url = ${workbench().emulator().endpoint}`, ''];
    await writeFile(join(dirname(serverData), 'aws', 'config'), profile.join('\n'));
    await quickInput.runCommand('KMS: Select Backend');
    await quickInput.pick('viewer');
    await messages.statusItem('KMS: viewer').waitFor();
    const panel = await openTab('policy/viewed', keyId, 'Access');
    await panel.getByText(/IAM refused to tell the policies of users and roles; the permission iam:GetAccountAuthorizationDetails is needed/).waitFor();
    await panel.getByRole('button', { name: 'Decrypt by viewer: allowed under conditions', exact: true }).waitFor();
  });
});
