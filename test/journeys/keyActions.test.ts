import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeKeyCommand, EncryptCommand, KMSClient, ListAliasesCommand, ListResourceTagsCommand } from '@aws-sdk/client-kms';
import { useWorkbench } from './harness/useWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';

const region = 'us-east-1';
const config = '54d75eda-1546-44af-ad20-430435edbace';

describe('What can be done with keys from the Keys view', () => {
  const workbench = useWorkbench();
  let kms: KMSClient;

  before(() => {
    const { endpoint, accessKeyId, secretAccessKey } = workbench().emulator();
    kms = new KMSClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
  });
  after(() => {
    kms.destroy();
  });
  beforeEach(async () => {
    const { keys } = workbench();
    await keys.open();
    await keys.row(region).waitFor();
    await keys.expand(region, 'Customer managed');
    // A menu acts on all selected rows; this one cannot be acted on.
    await keys.row('AWS owned').click();
  });

  async function stateOf(KeyId: string): Promise<string | undefined> {
    return (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState;
  }

  async function described(label: string, words: string): Promise<void> {
    const { keys } = workbench();
    await waitUntil(`${label} described as ${words}`, async () => ((await keys.description(label).catch(() => '')).includes(words) ? true : null));
  }

  it('disables and enables a key, and copies what was done as a CLI command', async () => {
    const { keys, messages, page, quickInput } = workbench();
    await described('orders/database', 'SYMMETRIC_DEFAULT');
    await keys.runFromMenu('orders/database', 'Disable Key');
    await messages.waitForNotification('Disabled orders/database. Nothing can be encrypted or decrypted with it');
    assert.equal(await stateOf('alias/orders/database'), 'Disabled');
    await described('orders/database', 'disabled');
    await quickInput.runCommand('KMS: Copy Last Change as CLI Command');
    await messages.statusItem('Copied as a CLI command').waitFor();
    assert.match(
      await page.evaluate('navigator.clipboard.readText()'),
      /^aws kms disable-key --key-id arn:aws:kms:us-east-1:111122223333:key\/[\w-]+ --region us-east-1$/,
    );
    await keys.runFromMenu('orders/database', 'Enable Key');
    await messages.waitForNotification('Enabled orders/database.');
    assert.equal(await stateOf('alias/orders/database'), 'Enabled');
  });

  it('schedules a deletion only when the name of the key was typed, and cancels it', async () => {
    const { keys, messages, quickInput } = workbench();
    await described('orders/database', 'SYMMETRIC_DEFAULT');
    await keys.runFromMenu('orders/database', 'Schedule Key Deletion');
    await quickInput.pick('Delete after 7 days');
    await quickInput.waitFor('for good, type orders/database');
    await quickInput.answer('orders');
    assert.equal(await stateOf('alias/orders/database'), 'Enabled');
    await keys.runFromMenu('orders/database', 'Schedule Key Deletion');
    await quickInput.pick('Delete after 7 days');
    await quickInput.waitFor('for good, type orders/database');
    await quickInput.answer('orders/database');
    await messages.waitForNotification('orders/database will be deleted in 7 days.');
    assert.equal(await stateOf('alias/orders/database'), 'PendingDeletion');
    await described('orders/database', 'pending deletion');
    // VS Code keeps back messages that come faster than anybody could read them.
    await messages.clear();
    await keys.runFromMenu('orders/database', 'Cancel Key Deletion');
    await messages.waitForNotification('orders/database will not be deleted. It is disabled');
    assert.equal(await stateOf('alias/orders/database'), 'Disabled');
  });

  it('says what of the workspace could not be decrypted any more before it disables or deletes a key', async () => {
    const { keys, messages, quickInput, workspace } = workbench();
    const { CiphertextBlob, KeyId } = await kms.send(new EncryptCommand({ KeyId: 'alias/orders/config', Plaintext: Buffer.from('x') }));
    const file = join(workspace, 'uses.properties');
    await writeFile(file, `password={cipher}[keyId=${KeyId ?? ''}]${Buffer.from(CiphertextBlob!).toString('base64')}\n`);
    await described('orders/config', 'SYMMETRIC_DEFAULT');
    await keys.runFromMenu('orders/config', 'Disable Key');
    assert.match(await messages.waitForDialog('Disable orders/config?'), /could not be decrypted any more:[^]*uses\.properties/);
    await messages.answerDialog('Cancel');
    assert.equal(await stateOf(config), 'Enabled');
    await described('orders/config', 'here');
    await keys.runFromMenu('orders/config', 'Schedule Key Deletion');
    await quickInput.pick('Delete after 7 days');
    assert.match(await messages.waitForDialog('Delete orders/config in 7 days?'), /uses\.properties/);
    await messages.answerDialog('Cancel');
    assert.equal(await stateOf(config), 'Enabled');
    await rm(file);
  });

  it('moves an alias when its key is dragged onto another one, after a question', async () => {
    const { keys, messages } = workbench();
    const aliases = async () => (await kms.send(new ListAliasesCommand({ Limit: 100 }))).Aliases?.find(({ AliasName }) => AliasName === 'alias/web/sessions')?.TargetKeyId;
    const before = await aliases();
    await keys.row('web/sessions').dragTo(keys.row('orders/config'));
    await messages.dialog.getByText(/Move alias\/web\/sessions from/).waitFor();
    await workbench().screenshot('move-alias');
    await messages.dialog.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await aliases(), before);
    await keys.row('web/sessions').dragTo(keys.row('orders/config'));
    await messages.dialog.getByRole('button', { name: 'Move Alias' }).click();
    await messages.waitForNotification(`alias/web/sessions now stands for ${config}.`);
    assert.equal(await aliases(), config);
  });

  it('writes the name of a key where it is dropped on an editor', async () => {
    const { editor, keys, page } = workbench();
    await editor.open('README.md');
    const target = editor.active.locator('.view-lines');
    await keys.row('orders/database').hover();
    await page.mouse.down();
    const box = await target.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 60, { steps: 5 });
    // Without Shift, VS Code would open what is dropped.
    await page.keyboard.down('Shift');
    await page.mouse.move((box?.x ?? 0) + 62, (box?.y ?? 0) + 62, { steps: 3 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await editor.waitForText(`arn:aws:kms:${region}:111122223333:alias/orders/database`);
  });

  it('tags several selected keys at once', async () => {
    const { keys, messages, page, quickInput } = workbench();
    await keys.row('orders/config').click();
    await page.keyboard.down('Control');
    await keys.row('orders/database').click();
    await page.keyboard.up('Control');
    await quickInput.runCommand('KMS: Tag Keys');
    await quickInput.waitFor('team=orders');
    await quickInput.answer('reviewed=2026');
    await messages.waitForNotification('Tagged 2 keys with reviewed=2026.');
    const { Tags } = await kms.send(new ListResourceTagsCommand({ KeyId: config }));
    assert.ok(Tags?.some(({ TagKey, TagValue }) => TagKey === 'reviewed' && TagValue === '2026'));
  });

  it('keeps pinned keys and those opened last on top', async () => {
    const { keys, quickInput } = workbench();
    await keys.select('orders/config');
    await keys.row('Opened last').waitFor();
    await quickInput.runCommand('KMS: Pin Key');
    await waitUntil('the pinned key at the top', async () => ((await keys.labels()).slice(0, 2).join() === 'Pinned,orders/config' ? true : null));
    await quickInput.runCommand('KMS: Unpin Key');
    await waitUntil('no pinned key', async () => ((await keys.labels()).includes('Pinned') ? null : true));
  });

  it('groups by the state of the keys and by a tag of theirs', async () => {
    const { keys, quickInput } = workbench();
    await quickInput.runCommand('KMS: Group Keys By...');
    await quickInput.pick('Key state');
    await keys.row('Pending deletion').waitFor();
    await keys.expand('Disabled');
    await keys.row('legacy/reports').waitFor();
    await quickInput.runCommand('KMS: Group Keys By...');
    await quickInput.pick('Tag');
    await quickInput.pick('team');
    await keys.expand('orders');
    await keys.row('orders/config').waitFor();
    await quickInput.runCommand('KMS: Group Keys by Region');
    await keys.row(region).waitFor();
  });

  it('filters by the state and the spec of keys that nobody looked at', async () => {
    const { keys, quickInput, page } = workbench();
    await quickInput.runCommand('KMS: Filter Keys');
    await quickInput.field.fill('spec:ecc usage:sign');
    await keys.row('login/tokens').waitFor();
    assert.equal(await keys.row('orders/config').count(), 0);
    await page.keyboard.press('Escape');
    await keys.row(region).waitFor();
  });
});
