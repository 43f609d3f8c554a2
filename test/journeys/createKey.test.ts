import assert from 'node:assert/strict';
import { CreateAliasCommand, CreateKeyCommand, DescribeKeyCommand, GetKeyRotationStatusCommand, KMSClient, ListAliasesCommand } from '@aws-sdk/client-kms';
import type { Frame } from 'playwright-core';
import { axeObjections } from './harness/axeObjections.ts';
import { useWorkbench } from './harness/useWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';
import { findWebview } from './harness/webviews.ts';

const region = 'us-east-1';

describe('The key advisor', () => {
  const workbench = useWorkbench();
  let kms: KMSClient;

  before(() => {
    const { endpoint, accessKeyId, secretAccessKey } = workbench().emulator();
    kms = new KMSClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
  });
  after(() => {
    kms.destroy();
  });

  async function open(): Promise<Frame> {
    await workbench().quickInput.runCommand('KMS: Create Key');
    const panel = await findWebview(workbench().page, 'Create a KMS key');
    await panel.getByRole('heading', { name: 'The key', exact: true }).waitFor();
    return panel;
  }

  /** The panel of a key begins with its alias; the advisor's own shows it further down. */
  function keyPanel(alias: string): Promise<Frame> {
    return findWebview(workbench().page, new RegExp(`^\\s*${alias}\\b`));
  }

  async function targetOf(aliasName: string): Promise<string | undefined> {
    const { Aliases: aliases = [] } = await kms.send(new ListAliasesCommand({}));
    return aliases.find(({ AliasName: name }) => name === aliasName)?.TargetKeyId;
  }

  it('advises by what the key is for, and the form follows', async () => {
    const panel = await open();
    const advice = panel.getByRole('region', { name: 'Advice' });
    await panel.getByLabel('Let an AWS service encrypt').check();
    await advice.getByRole('heading', { name: 'Leave it to an AWS owned key' }).waitFor();
    await panel.getByLabel('Sign and verify').check();
    await panel.getByLabel('Withstand quantum computers').check();
    await advice.getByText('FIPS 204').waitFor();
    assert.equal(await panel.getByLabel('Key spec').inputValue(), 'ML_DSA_65');
    await panel.getByRole('row', { name: /^Rotation / }).getByText('Every year, always.').waitFor();
    await workbench().screenshot('create-key-advice');
  });

  it('creates a key with its alias and rotation, opens it, and shows it in the Keys view', async () => {
    const { keys } = workbench();
    await keys.open();
    const panel = await open();
    await panel.getByLabel('Alias (optional)').fill('advisor/made');
    await panel.getByLabel('Description (optional)').fill('Made by the advisor');
    await panel.getByLabel('Tags, a name=value pair').fill('team=orders');
    await panel.getByLabel('Rotation period in days').fill('180');
    await panel.getByRole('button', { name: 'Create Key' }).click();
    const opened = await keyPanel('alias/advisor/made');
    await opened.getByRole('tab', { name: 'Tags (1)' }).waitFor();
    const keyId = await targetOf('alias/advisor/made');
    assert.equal((await kms.send(new DescribeKeyCommand({ KeyId: keyId }))).KeyMetadata?.Description, 'Made by the advisor');
    assert.equal((await kms.send(new GetKeyRotationStatusCommand({ KeyId: keyId }))).RotationPeriodInDays, 180);
    await keys.row('advisor/made').waitFor();
    await workbench().editor.tab('Create KMS Key').waitFor({ state: 'detached' });
  });

  it('says what is wrong with the form before it asks KMS', async () => {
    const panel = await open();
    await panel.getByLabel('Alias (optional)').fill('alias/aws/mine');
    await panel.getByRole('button', { name: 'Create Key' }).click();
    await panel.getByRole('alert').getByText('Aliases that begin with alias/aws/ belong to AWS.').waitFor();
  });

  it('says what exists when the alias is refused, and finishes it with another one', async () => {
    const { KeyMetadata: other } = await kms.send(new CreateKeyCommand({}));
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/advisor/taken', TargetKeyId: other?.KeyId }));
    const panel = await open();
    await panel.getByLabel('Alias (optional)').fill('advisor/taken');
    await panel.getByRole('button', { name: 'Create Key' }).click();
    await panel.getByRole('heading', { name: 'The key was created without its alias' }).waitFor();
    await panel.getByText('AlreadyExistsException').waitFor();
    const keyId = await panel.locator('.notice code').first().innerText();
    assert.deepEqual(await axeObjections(workbench().page), []);
    await workbench().screenshot('create-key-half-done');

    await panel.getByLabel('Alias, or nothing to go without').fill('advisor/second');
    await panel.getByRole('button', { name: 'Try Again' }).click();
    await keyPanel('alias/advisor/second');
    assert.equal(await targetOf('alias/advisor/second'), keyId);
  });

  it('schedules the deletion of a half-made key once its id is typed', async () => {
    const { quickInput } = workbench();
    const panel = await open();
    await panel.getByLabel('Alias (optional)').fill('advisor/taken');
    await panel.getByRole('button', { name: 'Create Key' }).click();
    await panel.getByRole('button', { name: 'Schedule Deletion…' }).click();
    const keyId = await panel.locator('.notice code').first().innerText();
    await quickInput.pick('Delete after 7 days');
    await quickInput.waitFor('for good');
    await quickInput.answer(keyId);
    await panel.getByRole('heading', { name: 'The key will be deleted' }).waitFor();
    assert.equal((await kms.send(new DescribeKeyCommand({ KeyId: keyId }))).KeyMetadata?.KeyState, 'PendingDeletion');
    await panel.getByRole('button', { name: 'Create Another Key' }).click();
    await panel.getByRole('heading', { name: 'The key', exact: true }).waitFor();
  });

  it('keeps what was entered while another editor hides it', async () => {
    const { editor, page } = workbench();
    const panel = await open();
    await panel.getByLabel('Agree on secrets').check();
    await panel.getByLabel('Description (optional)').fill('Kept for later');
    await editor.open('.env');
    await editor.tab('Create KMS Key').click();
    const again = await findWebview(page, 'Create a KMS key');
    await again.getByLabel('Description (optional)').waitFor();
    assert.equal(await again.getByLabel('Description (optional)').inputValue(), 'Kept for later');
    assert.equal(await again.getByLabel('Agree on secrets').isChecked(), true);
  });

  it('copies the key as text for Terraform', async () => {
    const panel = await open();
    await panel.getByLabel('Alias (optional)').fill('advisor/text');
    await panel.getByRole('region', { name: 'Copy as' }).getByRole('combobox').selectOption('Terraform');
    await panel.getByRole('button', { name: 'Copy Text' }).click();
    await panel.getByText('Copied', { exact: true }).waitFor();
    await waitUntil('the text on the clipboard', async () => {
      const text = String(await workbench().page.evaluate('navigator.clipboard.readText()'));
      return text.includes('resource "aws_kms_alias" "key"') ? true : null;
    });
  });

  it('can be used with the keyboard alone', async () => {
    const panel = await open();
    const { keyboard } = workbench().page;
    await panel.getByLabel('Encrypt my own data').focus();
    await keyboard.press('ArrowDown');
    await panel.getByRole('heading', { name: 'Leave it to an AWS owned key' }).waitFor();
    await keyboard.press('Tab');
    await keyboard.press('Space');
    await panel.getByRole('heading', { name: 'Take the AWS managed key of the service' }).waitFor();
    await panel.getByLabel('Alias (optional)').focus();
    await keyboard.type('advisor/typed');
    await keyboard.press('Enter');
    await keyPanel('alias/advisor/typed');
  });
});
