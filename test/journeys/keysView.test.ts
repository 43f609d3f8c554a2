import assert from 'node:assert/strict';
import { findWebview } from './harness/webviews.ts';
import { useWorkbench } from './harness/useWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';

describe('The Keys view', () => {
  const workbench = useWorkbench();

  beforeEach(async () => {
    await workbench().keys.open();
    await workbench().keys.row('us-east-1').waitFor();
  });

  async function describedAs(label: string, words: string): Promise<void> {
    const { keys } = workbench();
    await waitUntil(`${label} described as ${words}`, async () =>
      (await keys.description(label).catch(() => '')).includes(words) ? true : null,
    );
  }

  async function clipboard(): Promise<string> {
    return workbench().page.evaluate('navigator.clipboard.readText()');
  }

  it('shows the Regions, the three kinds of key, and each key with its spec, usage and state', async () => {
    const { keys } = workbench();
    await keys.expand('us-east-1', 'Customer managed');
    await describedAs('orders/config', 'SYMMETRIC_DEFAULT · encrypt and decrypt');
    await describedAs('orders/config', 'rotates every 365 days');
    await describedAs('release/signing', 'RSA_3072 · sign and verify');
    await describedAs('legacy/reports', 'disabled');
    await describedAs('us-east-1', '12');
    assert.match(await keys.description('AWS owned'), /listed for nobody/);
    assert.deepEqual(
      (await keys.labels()).filter((label) => label.includes('-')).slice(-2),
      ['eu-west-1', 'ap-southeast-2'],
    );
    await keys.expand('AWS managed');
    await keys.row('aws/s3').waitFor();
  });

  it('explains a key and the kinds of key when the pointer rests on them', async () => {
    const { keys } = workbench();
    await keys.expand('us-east-1', 'Customer managed');
    await keys.hoverUntil('orders/config', 'Settings and passwords in the configuration files');
    await keys.hoverUntil('orders/config', 'every 365 days');
    await keys.hoverUntil('orders/config', '54d75eda-1546-44af-ad20-430435edbace');
    await keys.hoverUntil('AWS owned', 'They live in AWS’s own accounts');
  });

  it('groups by type, then Region, and back', async () => {
    const { keys } = workbench();
    await keys.pressTitleButton('Group Keys by Type');
    await waitUntil('the kinds of key at the top', async () => ((await keys.labels())[0] === 'Customer managed' ? true : null));
    await keys.expand('Customer managed', 'eu-west-1');
    await keys.row('login/tokens').waitFor();
    await keys.pressTitleButton('Group Keys by Region');
    await waitUntil('the Regions at the top', async () => ((await keys.labels())[0] === 'us-east-1' ? true : null));
  });

  it('filters over Regions that were never opened, and shows all again', async () => {
    const { keys, quickInput, page } = workbench();
    await quickInput.runCommand('KMS: Filter Keys');
    await quickInput.field.fill('WAREHOUSE firm');
    await keys.row('warehouse/firmware').waitFor();
    assert.equal(await keys.row('orders/config').count(), 0);
    await page.locator('.sidebar').getByText('Filter “WAREHOUSE firm”: 1 keys').waitFor();
    await page.keyboard.press('Enter');
    await keys.row('warehouse/firmware').waitFor();
    await keys.pressTitleButton('Clear Key Filter');
    await keys.row('orders/config').waitFor();
  });

  it('says that no key fits a filter', async () => {
    const { quickInput, page } = workbench();
    await quickInput.runCommand('KMS: Filter Keys');
    await quickInput.field.fill('nosuchkey');
    await page.locator('.sidebar').getByText('No key fits the filter “nosuchkey”.').waitFor();
    await quickInput.dismiss();
    await workbench().keys.row('us-east-1').waitFor();
  });

  it('goes to a key of any Region by its alias, and opens its panel', async () => {
    const { keys, page, quickInput } = workbench();
    await quickInput.runCommand('KMS: Go to Key');
    await quickInput.field.fill('personal-data');
    await quickInput.pick('customers/personal-data');
    await findWebview(page, 'Personal data of customers in the European Union');
    await keys.row('customers/personal-data').and(page.locator('.selected')).waitFor();
  });

  it('opens the panel of the key that is selected', async () => {
    const { keys, page } = workbench();
    await keys.expand('us-east-1', 'Customer managed');
    await keys.select('orders/database');
    const panel = await findWebview(page, 'Encrypts the orders database and its snapshots');
    await panel.getByRole('tab', { name: 'Rotation' }).waitFor();
  });

  it('copies the ARN, the id and the alias of a key', async () => {
    const { keys, messages } = workbench();
    await keys.expand('us-east-1', 'Customer managed');
    const id = '54d75eda-1546-44af-ad20-430435edbace';
    const entries = [
      ['Copy Key ARN', `arn:aws:kms:us-east-1:111122223333:key/${id}`],
      ['Copy Key ID', id],
      ['Copy Key Alias', 'alias/orders/config'],
    ] as const;
    for (const [entry, text] of entries) {
      await keys.runFromMenu('orders/config', entry);
      await messages.statusItem(`Copied ${text}`).waitFor();
      assert.equal(await clipboard(), text);
    }
  });

  it('shows the Regions that the user picks', async () => {
    const { keys, quickInput } = workbench();
    await quickInput.runCommand('KMS: Select Regions');
    await quickInput.pickSeveral(['us-east-1', 'eu-west-1']);
    await waitUntil('one Region left', async () => {
      const labels = await keys.labels();
      return labels.includes('ap-southeast-2') && !labels.includes('us-east-1') ? true : null;
    });
    await quickInput.runCommand('KMS: Select Regions');
    await quickInput.pickSeveral(['us-east-1', 'eu-west-1']);
    await keys.row('eu-west-1').waitFor();
  });
});
