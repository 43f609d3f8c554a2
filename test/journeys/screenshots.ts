// `npm run screenshots` draws the pictures of the README into media/screenshots, from the sample service and its keys.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../host/system/projectPaths.ts';
import { say } from '../host/system/say.ts';
import type { Frame } from 'playwright-core';
import { openWorkbench, type OpenWorkbench } from './harness/openWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';
import { findWebview } from './harness/webviews.ts';

const folder = join(projectRoot, 'media', 'screenshots');

/** Each picture with what leads to it. A picture starts from a workbench without editors, with the Keys view open. */
const pictures: readonly { readonly name: string; readonly prepare: (workbench: OpenWorkbench) => Promise<void> }[] = [
  { name: 'keys-view', prepare: showKeys },
  { name: 'key-panel', prepare: showPanel },
  { name: 'policy-diff', prepare: showPolicyDiff },
  { name: 'encrypted-env', prepare: showEncryptedFile },
];

async function showKeys({ keys }: OpenWorkbench): Promise<void> {
  await keys.expand('us-east-1', 'Customer managed');
  await keys.expand('eu-west-1');
  await waitUntil('the details of the keys', async () =>
    (await keys.description('exports/old').catch(() => '')).startsWith('pending deletion') ? true : null,
  );
  await keys.hoverUntil('orders/config', 'Settings and passwords');
}

async function openPanel({ keys, page }: OpenWorkbench, alias: string): Promise<Frame> {
  await keys.expand('us-east-1', 'Customer managed');
  await keys.select(alias);
  const panel = await findWebview(page, `alias/${alias}`);
  await panel.getByRole('heading', { name: 'Identity' }).waitFor();
  return panel;
}

async function showPanel(workbench: OpenWorkbench): Promise<void> {
  await openPanel(workbench, 'orders/database');
}

async function showPolicyDiff(workbench: OpenWorkbench): Promise<void> {
  const panel = await openPanel(workbench, 'orders/config');
  await panel.getByRole('tab', { name: 'Key policy' }).click();
  await panel.locator('.cm-content').getByText('orders-developer').first().click();
  await workbench.page.keyboard.press('End');
  for (let left = 'orders-developer"'.length; left > 0; left -= 1) await workbench.page.keyboard.press('ArrowLeft');
  await workbench.page.keyboard.type('senior-');
  await panel.getByRole('button', { name: 'Review Changes' }).click();
  await panel.getByText('Stored in KMS').waitFor();
}

async function showEncryptedFile({ editor, keys, page, quickInput }: OpenWorkbench): Promise<void> {
  await keys.expand('us-east-1', 'Customer managed');
  await editor.open('.env');
  await editor.putCursorAt('.env', 'not-a-real-password-1');
  await quickInput.runCommand('KMS: Encrypt Value');
  await quickInput.waitFor('KMS: Encrypt With');
  await quickInput.pick('orders/config');
  await quickInput.waitFor('name=value');
  await quickInput.answer('');
  await editor.waitForText(/DB_PASSWORD="AQICAH/);
  await editor.codeLenses.filter({ hasText: 'Decrypt' }).nth(1).waitFor();
  await page.locator('.notification-toast').waitFor({ state: 'detached' });
}

await mkdir(folder, { recursive: true });
const workbench = await openWorkbench({
  settings: { 'workbench.colorTheme': 'Default Dark Modern' },
  size: { width: 1400, height: 900 },
});
try {
  await workbench.keys.open();
  for (const { name, prepare } of pictures) {
    await prepare(workbench);
    const file = join(folder, `${name}.png`);
    await workbench.page.screenshot({ path: file });
    say(file);
    await workbench.reset();
  }
} finally {
  await workbench.close();
}
