import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { recogniseCiphertext } from '../../src/core/secrets/ciphertextToken.ts';
import { useWorkbench } from './harness/useWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';
import { findWebview } from './harness/webviews.ts';

const production = 'config/production.yaml';
const properties = 'application.properties';
const replica = "'it''s not a real password'";

/** Every file below a folder that holds a text. */
async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found = await Promise.all(files.map(async (file) => ((await readFile(file)).includes(text) ? [file] : [])));
  return found.flat();
}

describe('Working with the secrets of a workspace', () => {
  const workbench = useWorkbench({
    settings: { 'kmsExplorer.encryptionContext': { service: 'orders' }, 'kmsExplorer.askForEncryptionContext': false },
  });

  it('encrypts a property as Spring reads it, and says once where the plaintext may remain', async () => {
    const { editor, quickInput, messages } = workbench();
    const before = await editor.saved(properties);
    await editor.open(properties);
    await editor.putCursorAt(properties, 'server.ssl');
    await quickInput.runCommand('KMS: Encrypt Value');
    await quickInput.pick('orders/config');
    await messages.statusItem('Encrypted under orders/config').waitFor();
    assert.match(await messages.waitForNotification('The plaintext that was encrypted'), /local history/);
    await editor.save();
    const [, token = ''] = /key-store-password : (\S+)/.exec(await editor.saved(properties)) ?? [];
    assert.match(token, /^\{cipher\}\(service=b3JkZXJz\)/);
    assert.ok(recogniseCiphertext(token) !== undefined);
    await editor.undo();
    await editor.save();
    assert.equal(await editor.saved(properties), before);
  });

  it('changes a value in a box of dots, and no plaintext of it reaches a disk', async () => {
    const { editor, quickInput, messages, page, serverData, workspace } = workbench();
    const canary = 'canary-in-a-box-77';
    await editor.open('.env');
    await editor.putCursorAt('.env', 'example-payment-key-0001');
    await quickInput.runCommand('KMS: Encrypt Value');
    await quickInput.pick('orders/config');
    // The status of an encryption before may stand there still, so the file itself tells when this one is done.
    await editor.waitForText(/PAYMENT_API_KEY=AQICAH/);
    await quickInput.runCommand('KMS: Edit Value');
    await quickInput.waitFor('KMS: Edit Value');
    assert.equal(await quickInput.field.getAttribute('type'), 'password');
    assert.equal(await quickInput.field.inputValue(), 'example-payment-key-0001');
    await quickInput.answer(canary);
    await messages.statusItem('encrypted under the same key').waitFor();
    await editor.save();
    assert.deepEqual(await filesWith(workspace, canary), []);
    await quickInput.runCommand('KMS: Peek Decrypted File');
    await editor.tab('.env (decrypted)').waitFor();
    await editor.waitForText(`PAYMENT_API_KEY=${canary}`);
    await page.keyboard.type('x');
    assert.ok(!(await editor.shownText()).includes(`x${canary}`));
    await quickInput.runCommand('View: Close Editor');
    await editor.tab('.env (decrypted)').waitFor({ state: 'detached' });
    assert.deepEqual(await filesWith(serverData, canary), []);
  });

  it('encrypts what looks like a secret, as the user ticks it', async () => {
    const { editor, quickInput, messages } = workbench();
    await editor.open(production);
    await quickInput.runCommand('KMS: Encrypt Detected Secrets');
    await quickInput.waitFor('KMS: Encrypt Detected Secrets');
    await quickInput.row('database.password').waitFor();
    await quickInput.row('database.replica.password').waitFor();
    const ticked = await quickInput.box.locator('.monaco-list-row[aria-checked="true"]').count();
    assert.ok(ticked >= 2, `${ticked} are ticked`);
    await quickInput.field.press('Enter');
    await quickInput.pick('orders/database');
    await messages.statusItem(/values encrypted under orders\/database/).waitFor();
    await editor.save();
    const saved = await editor.saved(production);
    assert.ok(!saved.includes('not-a-real-password-2') && !saved.includes(replica));
    assert.match(saved, /password: AQICAH\S+ # used by the primary and the replica/);
    await quickInput.runCommand('KMS: Decrypt All Values in File');
    await messages.statusItem('the file holds their plaintext now').waitFor();
    assert.match(await editor.shownText(), /password: not-a-real-password-2 # used/);
  });

  it('explains a ciphertext on hover and in a document of its own', async () => {
    const { editor, page } = workbench();
    await editor.open('.env');
    await editor.active.locator('.view-line').filter({ hasText: 'PAYMENT_WEBHOOK_SECRET' }).first().hover({ position: { x: 320, y: 8 } });
    const hover = page.locator('.monaco-hover:visible').filter({ hasText: 'This is a KMS ciphertext of a symmetric key' });
    await hover.first().waitFor();
    await hover.getByRole('link', { name: 'Inspect' }).or(hover.getByText('Inspect', { exact: true })).first().click();
    await editor.tab('Ciphertext').waitFor();
    assert.match(await editor.waitForText('Hash of the key material'), /The value of PAYMENT_WEBHOOK_SECRET on line/);
  });

  it('encrypts a file with SOPS, shows it decrypted, and asks before it decrypts in place', async () => {
    const { editor, quickInput, messages } = workbench();
    const before = await editor.saved('.env');
    await editor.open('.env');
    await quickInput.runCommand('KMS: SOPS: Encrypt File');
    await quickInput.pick('orders/config');
    await messages.statusItem('Encrypted by SOPS for 1 key').waitFor();
    await editor.save();
    const encrypted = await editor.saved('.env');
    assert.ok(!encrypted.includes('not-a-real-password-1'));
    assert.match(encrypted, /\nsops_mac=/);
    await quickInput.runCommand('KMS: Peek Decrypted File');
    await editor.tab('.env (decrypted)').waitFor();
    await editor.waitForText('not-a-real-password-1');
    await quickInput.runCommand('View: Close Editor');
    await editor.tab('.env (decrypted)').waitFor({ state: 'detached' });
    await quickInput.runCommand('KMS: SOPS: Decrypt File in Place');
    assert.match(await messages.waitForDialog('Decrypt .env in place?'), /local history/);
    await messages.answerDialog('Decrypt in Place');
    await messages.statusItem('the file holds the plaintext now').waitFor();
    await editor.save();
    assert.equal(await editor.saved('.env'), before);
  });

  it('edits a whole SOPS file decrypted, with undo, and no plaintext of it reaches a disk', async () => {
    const { editor, quickInput, messages, page, screenshot, serverData, workspace } = workbench();
    const before = await editor.saved('.env');
    const canary = 'canary-of-a-whole-file-78';
    await editor.open('.env');
    await quickInput.runCommand('KMS: SOPS: Encrypt File');
    await quickInput.pick('orders/config');
    await messages.statusItem('Encrypted by SOPS for 1 key').waitFor();
    await editor.save();
    const encrypted = await editor.saved('.env');
    await quickInput.runCommand('KMS: Edit Decrypted');
    const view = await findWebview(page, 'Decrypted here alone');
    const text = view.locator('kms-secret-editor .cm-content');
    const dirty = page.locator('.tabs-container .tab.active.dirty');
    await text.getByText('APP_NAME=orders').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('broken line\n');
    await view.getByText('It is not saved before this is mended').waitFor();
    await dirty.waitFor();
    await page.keyboard.press('Control+Z');
    await view.getByText('It is not saved before this is mended').waitFor({ state: 'detached' });
    await dirty.waitFor({ state: 'detached' });
    await page.keyboard.insertText(`CANARY=${canary}\n`);
    await dirty.waitFor();
    // Backups are written a second after a change: there is one now, and it does not hold the text.
    await waitUntil('the backup', async () => (await filesWith(serverData, '"draft":"ENC[AES256_GCM')).at(0) ?? null);
    assert.deepEqual([...(await filesWith(serverData, canary)), ...(await filesWith(workspace, canary))], []);
    await page.keyboard.press('Control+S');
    await dirty.waitFor({ state: 'detached' });
    const saved = await editor.saved('.env');
    const kept = encrypted.split('\n').filter((line) => !/^sops_(?:mac|lastmodified)=/.test(line));
    assert.deepEqual(saved.split('\n').filter((line) => !kept.includes(line)).map((line) => line.split('=')[0]), ['CANARY', 'sops_lastmodified', 'sops_mac']);
    assert.deepEqual([...(await filesWith(serverData, canary)), ...(await filesWith(workspace, canary))], []);
    await page.keyboard.press('Control+F');
    await view.getByRole('textbox', { name: 'Find' }).pressSequentially('PAYMENT_');
    await page.keyboard.press('Enter');
    await view.locator('.cm-searchMatch-selected').waitFor();
    await screenshot('find-in-decrypted');
    const { violations } = await new AxeBuilder({ page }).include(['iframe.webview.ready', 'iframe#active-frame', '.cm-search']).analyze();
    assert.deepEqual(violations.map(({ id }) => id), []);
    await page.keyboard.press('Escape');
    await view.locator('.cm-search').waitFor({ state: 'detached' });
    await writeFile(join(workspace, '.env'), before);
  });

  it('lists the encrypted values of the workspace, opens one, and names its key once it was decrypted', async () => {
    const { editor, keys, page, quickInput, messages } = workbench();
    await keys.open();
    await keys.row('payments/current').waitFor();
    const header = (name: string) => page.locator('.sidebar .pane-header').filter({ hasText: name });
    if ((await header('Secrets').getAttribute('aria-expanded')) === 'false') await header('Secrets').click({ position: { x: 12, y: 10 } });
    // The list draws only what fits: the Keys view makes room.
    await header('Keys').click({ position: { x: 12, y: 10 } });
    await keys.row('PAYMENT_WEBHOOK_SECRET').waitFor();
    await keys.row('payments.apiKey').click();
    await editor.tab('production.yaml').waitFor();
    const line = (await editor.saved(production)).split('\n').findIndex((each) => each.includes('apiKey')) + 1;
    await page.locator('.statusbar-item').filter({ hasText: `Ln ${line},` }).waitFor();
    await quickInput.runCommand('KMS: Copy Decrypted Value');
    await messages.statusItem('The clipboard is emptied in 45 seconds').waitFor();
    await quickInput.runCommand('KMS: Find Encrypted Values in Workspace');
    await keys.row('payments/current').waitFor();
  });
});
