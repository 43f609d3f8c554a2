import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { axeObjections } from './harness/axeObjections.ts';
import { useWorkbench } from './harness/useWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';
import { findWebview } from './harness/webviews.ts';

describe('Data keys in the key panel', () => {
  const workbench = useWorkbench();

  it('are shown once, copied, and forgotten', async () => {
    const { quickInput, page, emulator } = workbench();
    await quickInput.runCommand('KMS: Open Key');
    await quickInput.row('orders/config').click();
    const panel = await findWebview(page, 'alias/orders/config');
    await panel.getByRole('tab', { name: 'Try' }).click();
    const form = panel.getByRole('form', { name: 'Generate a data key' });
    await form.getByLabel('Encryption context').fill('app=orders');
    await form.getByRole('button', { name: 'Generate Data Key' }).click();
    const plaintext = await panel.getByLabel('Data key as base64', { exact: true }).innerText();
    const ciphertext = await panel.getByLabel('Encrypted data key as base64').innerText();
    await workbench().screenshot('data-key');
    assert.deepEqual(await axeObjections(page), []);

    await panel.getByRole('button', { name: 'Copy Data Key' }).click();
    await waitUntil('the data key on the clipboard', async () => ((await page.evaluate('navigator.clipboard.readText()')) === plaintext ? true : null));
    const { endpoint, accessKeyId, secretAccessKey } = emulator();
    const kms = new KMSClient({ region: 'us-east-1', endpoint, credentials: { accessKeyId, secretAccessKey } });
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: Buffer.from(ciphertext, 'base64'), EncryptionContext: { app: 'orders' } }));
    kms.destroy();
    assert.equal(Buffer.from(Plaintext!).toString('base64'), plaintext);

    await panel.getByRole('button', { name: 'Forget Data Key' }).click();
    await panel.getByLabel('Data key as base64', { exact: true }).waitFor({ state: 'detached' });
    assert.doesNotMatch(await panel.locator('body').innerText(), new RegExp(plaintext.replaceAll(/[+/]/g, '\\$&')));
  });

  it('come as pairs, whose private key may stay encrypted', async () => {
    const { quickInput, page } = workbench();
    await quickInput.runCommand('KMS: Open Key');
    await quickInput.row('orders/config').click();
    const panel = await findWebview(page, 'alias/orders/config');
    await panel.getByRole('tab', { name: 'Try' }).click();
    const form = panel.getByRole('form', { name: 'Generate a data key' });
    await form.getByLabel(/^Data key/).selectOption('ECC_NIST_P256');
    await form.getByRole('button', { name: 'Generate Data Key' }).click();
    await panel.getByLabel('Private key as PKCS #8 in base64').waitFor();
    await panel.getByRole('button', { name: 'Copy Public Key as PEM' }).click();
    const pem = await waitUntil('the public key on the clipboard', async () => {
      const text = String(await page.evaluate('navigator.clipboard.readText()'));
      return text.startsWith('-----BEGIN PUBLIC KEY-----') ? text : null;
    });
    assert.equal(createPublicKey(pem).asymmetricKeyDetails?.namedCurve, 'prime256v1');
    await form.getByLabel('Only the encrypted form').check();
    await form.getByRole('button', { name: 'Generate Data Key' }).click();
    await panel.getByLabel('Private key as PKCS #8 in base64').waitFor({ state: 'detached' });
    await panel.getByLabel('Encrypted private key as base64').waitFor();
  });
});
