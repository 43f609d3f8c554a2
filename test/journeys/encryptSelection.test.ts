import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recogniseCiphertext } from '../../src/core/secrets/ciphertextToken.ts';
import { useWorkbench } from './harness/useWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';

const properties = 'application.properties';
const token = /AQICAH[A-Za-z0-9+/]+=*/g;

describe('Encrypting a selection', () => {
  const workbench = useWorkbench();

  /** The extension's own log files, wherever the extension host keeps them. */
  const readLog = async (): Promise<string> => {
    const folder = join(workbench().serverData, 'data', 'logs');
    const names = await readdir(folder, { recursive: true });
    const logs = names.filter((name) => name.endsWith('KMS Explorer.log'));
    return (await Promise.all(logs.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
  };

  const enterContext = async (pairs: readonly string[]): Promise<void> => {
    const { quickInput } = workbench();
    await quickInput.waitFor('name=value');
    for (const pair of pairs) {
      await quickInput.answer(pair);
      await waitUntil('the pair taken', async () => ((await quickInput.message()).includes(pair.split('=')[0] ?? '') ? true : null));
    }
    await quickInput.answer('');
  };

  it('writes base64 under the picked key with the context that was entered, and back', async () => {
    const { editor, quickInput, messages } = workbench();
    const before = await editor.saved(properties);
    const secret = /password=(\S+)/.exec(before)?.[1] ?? '';
    assert.notEqual(secret, '');
    await editor.open(properties);
    await editor.select(properties, secret);
    await quickInput.runCommand('KMS: Encrypt Selection');
    await quickInput.pick('orders/config');
    await enterContext(['service=orders', 'stage=test']);
    await messages.statusItem('Encrypted under orders/config').waitFor();
    await editor.save();
    const encrypted = await editor.saved(properties);
    const [base64 = ''] = encrypted.match(token) ?? [];
    assert.ok(recogniseCiphertext(base64) !== undefined, 'The selection is no ciphertext.');
    assert.equal(encrypted.replace(base64, secret), before);

    await editor.putCursorAt(properties, base64);
    await editor.page.keyboard.press('Shift+End');
    await quickInput.runCommand('KMS: Decrypt Selection');
    await enterContext(['stage=test', 'service=orders']);
    await messages.statusItem('the file holds the plaintext now').waitFor();
    await editor.save();
    assert.equal(await editor.saved(properties), before);
  });

  it('asks before it makes a message of the AWS Encryption SDK of a text that is too long for KMS, and decrypts it', async () => {
    const { editor, quickInput, messages, workspace } = workbench();
    const long = '-- not a real certificate --'.repeat(200);
    await writeFile(join(workspace, 'long.txt'), long);
    await editor.open('long.txt');
    await editor.putCursor(1, 1);
    await editor.page.keyboard.press('Control+a');
    await quickInput.runCommand('KMS: Encrypt Selection');
    assert.match(await messages.waitForDialog('KMS encrypts at most 4096 bytes'), /5600 bytes/);
    await messages.answerDialog('Encrypt as Message');
    await quickInput.pick('orders/config');
    await enterContext(['service=orders']);
    await messages.statusItem('Encrypted under orders/config').waitFor();
    await editor.save();
    const message = await editor.saved('long.txt');
    assert.equal(recogniseCiphertext(message)?.message?.encryptionContext['service'], 'orders');
    await editor.putCursor(1, 1);
    await editor.page.keyboard.press('Control+a');
    await quickInput.runCommand('KMS: Decrypt Selection');
    await messages.statusItem('the file holds the plaintext now').waitFor();
    await editor.save();
    assert.equal(await editor.saved('long.txt'), long);
  });

  it('shows what is wrong with a pair before it is taken', async () => {
    const { editor, quickInput } = workbench();
    await editor.open('.env');
    await editor.select('.env', 'example-payment-key-0001');
    await quickInput.runCommand('KMS: Encrypt Selection');
    await quickInput.pick('orders/config');
    await quickInput.waitFor('name=value');
    for (const [typed, problem] of [['orders', 'equals sign'], ['=orders', 'is empty']] as const) {
      await quickInput.field.fill(typed);
      await waitUntil(problem, async () => ((await quickInput.message()).includes(problem) ? true : null));
    }
    await quickInput.dismiss();
    assert.match(await editor.shownText(), /example-payment-key-0001/);
  });

  it('works on several cursors at once and is undone in one step', async () => {
    const { editor, quickInput, messages } = workbench();
    const before = await editor.saved('.env');
    const secret = 'not-a-real-password-1';
    await editor.open('.env');
    await editor.select('.env', secret);
    await editor.selectNextToo();
    await quickInput.runCommand('KMS: Encrypt Selection');
    await quickInput.pick('orders/database');
    await enterContext([]);
    await messages.statusItem('2 values encrypted under orders/database').waitFor();
    await editor.save();
    const tokens = (await editor.saved('.env')).match(token) ?? [];
    const added = new Set(tokens.filter((each) => !before.includes(each)));
    assert.equal(added.size, 2);
    await editor.undo();
    await editor.save();
    assert.equal(await editor.saved('.env'), before);
  });

  it('offers the key that was used last first', async () => {
    const { editor, quickInput } = workbench();
    await editor.open('.env');
    await editor.select('.env', 'orders_app');
    await quickInput.runCommand('KMS: Encrypt Selection');
    await quickInput.rows.filter({ hasText: 'orders/config' }).first().waitFor();
    const labels = await quickInput.rows.locator('.quick-input-list-label, .label-name').allInnerTexts();
    assert.match(labels[0] ?? '', /orders\/database/);
    await quickInput.dismiss();
  });

  it('marks the keys that cannot encrypt with the reason, and says it when one is picked', async () => {
    const { editor, quickInput } = workbench();
    await editor.open('.env');
    await editor.select('.env', 'orders_app');
    await quickInput.runCommand('KMS: Encrypt Selection');
    await quickInput.rows.filter({ hasText: 'orders/config' }).first().waitFor();
    await quickInput.field.fill('legacy/reports');
    await quickInput.rows.filter({ hasText: 'disabled' }).first().waitFor();
    await quickInput.field.fill('release/signing');
    await quickInput.rows.filter({ hasText: 'RSA_3072 · us-east-1 · not for text' }).first().waitFor();
    await quickInput.field.fill('legacy/reports');
    await quickInput.pick('legacy/reports');
    await workbench().messages.waitForNotification('The key legacy/reports is disabled. Enable it or choose another key.');
  });

  it('says that nothing is selected, that a text is no ciphertext, and where', async () => {
    const { editor, quickInput, messages } = workbench();
    await editor.open('.env');
    await editor.putCursor(2, 1);
    await quickInput.runCommand('KMS: Encrypt Selection');
    assert.match(await messages.waitForNotification('Nothing is selected'), /Select the text/);
    await editor.select('.env', 'orders_app');
    await quickInput.runCommand('KMS: Decrypt Selection');
    assert.match(await messages.waitForNotification('is no KMS ciphertext'), /on line 8/);
  });

  it('never logs what was encrypted, while failures are logged', async () => {
    const log = await waitUntil('the failures in the log', async () => {
      const text = await readLog();
      return text.includes('NOT_CIPHERTEXT') ? text : null;
    });
    for (const secret of ['not-a-real-password', 'example-payment-key', 'orders_app']) assert.ok(!log.includes(secret), secret);
    assert.doesNotMatch(log, token);
  });
});
