import assert from 'node:assert/strict';
import { recogniseCiphertext } from '../../src/core/secrets/ciphertextToken.ts';
import { useWorkbench } from './harness/useWorkbench.ts';

const token = /AQICAH[A-Za-z0-9+/]+=*/g;

describe('Encrypting values of configuration files', () => {
  // The encryption context comes from the settings, as in a workspace that is set up for it.
  const workbench = useWorkbench({
    settings: { 'kmsExplorer.encryptionContext': { service: 'orders' }, 'kmsExplorer.askForEncryptionContext': false },
  });

  const rows = [
    { path: '.env', at: 'example-payment-key-0001' },
    { path: '.env', at: 'not-a-real-password-1' },
    { path: 'config/production.yaml', at: "'it''s not" },
    { path: 'config/production.yaml', at: '-----BEGIN' },
    { path: 'appsettings.json', at: 'not-a-real-password-3' },
  ];
  for (const { path, at } of rows) {
    it(`encrypts the value at ${at} in ${path} and decrypts it by its CodeLens, to the same bytes`, async () => {
      const { editor, quickInput, messages } = workbench();
      const before = await editor.saved(path);
      await editor.open(path);
      await editor.putCursorAt(path, at);
      await quickInput.runCommand('KMS: Encrypt Value');
      await quickInput.pick('orders/config');
      await messages.statusItem('Encrypted under orders/config').waitFor();
      await editor.save();
      const encrypted = await editor.saved(path);
      const tokens: readonly string[] = encrypted.match(token) ?? [];
      const base64 = tokens.find((each) => !before.includes(each)) ?? '';
      assert.ok(recogniseCiphertext(base64) !== undefined, 'The value is no ciphertext.');
      assert.ok(!encrypted.includes(at) || before.split(at).length > 2, 'The value is still there.');

      await editor.clickDecrypt(tokens.indexOf(base64), tokens.length);
      await messages.statusItem('the file holds the plaintext now').waitFor();
      await editor.save();
      assert.equal(await editor.saved(path), before);
    });
  }

  it('says where there is no value, and leaves the file as it is', async () => {
    const { editor, quickInput, messages } = workbench();
    const before = await editor.saved('.env');
    await editor.open('.env');
    await editor.putCursor(1, 3);
    await quickInput.runCommand('KMS: Encrypt Value');
    assert.match(await messages.waitForNotification('There is no single value on line 1'), /Put the cursor/);
    assert.equal(await editor.saved('.env'), before);
  });
});
