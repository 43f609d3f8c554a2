import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { CreateAliasCommand, CreateKeyCommand, DecryptCommand, DescribeKeyCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Frame } from 'playwright-core';
import { filesHolding } from './harness/filesHolding.ts';
import { useWorkbench } from './harness/useWorkbench.ts';
import { findWebview } from './harness/webviews.ts';

const region = 'us-east-1';
const material = Buffer.from('5ca1ab1e'.repeat(8), 'hex');

describe('Importing key material in the key panel', () => {
  const workbench = useWorkbench();
  let kms: KMSClient;

  before(() => {
    const { endpoint, accessKeyId, secretAccessKey } = workbench().emulator();
    kms = new KMSClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
  });
  after(() => {
    kms.destroy();
  });

  async function openNew(name: string): Promise<{ keyId: string; panel: Frame }> {
    const { quickInput, page } = workbench();
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL' }));
    const keyId = KeyMetadata!.KeyId!;
    await kms.send(new CreateAliasCommand({ AliasName: `alias/${name}`, TargetKeyId: keyId }));
    await quickInput.runCommand('KMS: Refresh Keys');
    await quickInput.runCommand('KMS: Open Key');
    await quickInput.field.fill(keyId);
    await quickInput.rows.filter({ hasText: keyId }).first().click();
    const panel = await findWebview(page, `alias/${name}`);
    await panel.getByRole('tab', { name: 'Key material' }).click();
    return { keyId, panel };
  }

  /** Answers everything up to where the material itself is asked for. */
  async function answerUpTo(source: string): Promise<void> {
    const { quickInput } = workbench();
    await quickInput.waitFor('Where does the material come from?');
    await quickInput.pick(source);
    await quickInput.waitFor('How is it wrapped on its way to KMS?');
    await quickInput.pick('RSA_AES_KEY_WRAP_SHA_256 · RSA_2048');
    await quickInput.waitFor('When material expires');
    await quickInput.pick('It does not expire');
    await quickInput.waitFor('Description of the material');
    await quickInput.answer('typed by hand');
  }

  const stateOf = async (keyId: string): Promise<string | undefined> => (await kms.send(new DescribeKeyCommand({ KeyId: keyId }))).KeyMetadata?.KeyState;

  it('takes typed material, deletes it, takes it again, and leaves it nowhere', async () => {
    const { quickInput, messages, serverData, workspace, emulatorData } = workbench();
    const { keyId, panel } = await openNew('byok/typed');
    await panel.getByRole('button', { name: 'Import Material…' }).click();
    await answerUpTo('Type or paste it');
    await quickInput.waitFor('It is wrapped here');
    assert.equal(await quickInput.field.getAttribute('type'), 'password');
    await quickInput.answer(material.toString('hex'));
    await panel.getByText('The material is imported.').waitFor();
    await panel.getByRole('row', { name: /typed by hand current imported never/ }).waitFor();
    assert.equal(await stateOf(keyId), 'Enabled');
    await workbench().screenshot('key-material');
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: keyId, Plaintext: Buffer.from('orders') }));

    await panel.getByRole('button', { name: /^Delete material / }).click();
    await messages.waitForDialog('until the very same material is imported again');
    await messages.answerDialog('Delete Material');
    await panel.getByText('The material is deleted.').waitFor();
    assert.equal(await stateOf(keyId), 'PendingImport');

    await panel.getByRole('button', { name: /^Import material .* again$/ }).click();
    await answerUpTo('Type or paste it');
    await quickInput.waitFor('It is wrapped here');
    await quickInput.answer(material.toString('base64'));
    await panel.getByText('The material is imported again.').waitFor();
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob }));
    assert.equal(Buffer.from(Plaintext!).toString(), 'orders');

    const forms = [material, material.toString('hex'), material.toString('base64')];
    for (const folder of [serverData, workspace, emulatorData]) assert.deepEqual(await filesHolding(folder, forms), []);
    assert.doesNotMatch(await panel.locator('body').innerText(), new RegExp(material.toString('hex')));
  });

  it('generates material, and shows it once after it has asked', async () => {
    const { quickInput, messages } = workbench();
    const { keyId, panel } = await openNew('byok/generated');
    await panel.getByRole('button', { name: 'Import Material…' }).click();
    await answerUpTo('Generate it here');
    await messages.waitForDialog('KMS never gives key material back');
    await messages.answerDialog('Show Once');
    await quickInput.waitFor('shown once');
    assert.match(await quickInput.field.inputValue(), /^[A-Za-z0-9+/]{43}=$/);
    await quickInput.field.press('Enter');
    await panel.getByText('The material is imported.').waitFor();
    assert.equal(await stateOf(keyId), 'Enabled');
  });

  it('changes nothing and says nothing when the user leaves', async () => {
    const { quickInput } = workbench();
    const { keyId, panel } = await openNew('byok/left');
    await panel.getByRole('button', { name: 'Import Material…' }).click();
    await quickInput.waitFor('Where does the material come from?');
    await quickInput.dismiss();
    assert.equal(await stateOf(keyId), 'PendingImport');
    assert.equal(await panel.getByRole('alert').count(), 0);
  });

  it('has nothing that axe objects to', async () => {
    const { panel } = await openNew('byok/accessible');
    await panel.getByRole('button', { name: 'Import Material…' }).waitFor();
    const { violations } = await new AxeBuilder({ page: workbench().page }).include(['iframe.webview.ready', 'iframe#active-frame', 'main']).exclude(['iframe.webview.ready', 'iframe#active-frame', 'kms-policy-editor']).analyze();
    assert.deepEqual(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`)), []);
  });
});
