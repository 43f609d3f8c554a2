import assert from 'node:assert/strict';
import { CreateAliasCommand, CreateGrantCommand, CreateKeyCommand, type CreateKeyCommandInput, EnableKeyRotationCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Frame } from 'playwright-core';
import { axeObjections } from './harness/axeObjections.ts';
import { useWorkbench } from './harness/useWorkbench.ts';
import { findWebview } from './harness/webviews.ts';

const themes = [
  { theme: 'Default Light Modern', kind: 'vscode-light' },
  { theme: 'Default Dark Modern', kind: 'vscode-dark' },
  { theme: 'Default High Contrast', kind: 'vscode-high-contrast' },
];

/** Keys that have every tab between them. */
const keys: readonly { readonly name: string; readonly input: CreateKeyCommandInput; readonly tabs: readonly string[] }[] = [
  { name: 'symmetric', input: { MultiRegion: true, Tags: [{ TagKey: 'team', TagValue: 'a' }] }, tabs: ['Overview', 'Key policy', 'Access', 'Grants', 'Aliases', 'Tags', 'Rotation', 'Regions', 'Try', 'In this workspace'] },
  { name: 'imported', input: { Origin: 'EXTERNAL' }, tabs: ['Overview', 'Rotation', 'Key material'] },
  { name: 'signing', input: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, tabs: ['Overview', 'Rotation', 'Public key', 'Try'] },
];

for (const { theme, kind } of themes) {
  describe(`The panels in ${theme}`, () => {
    const workbench = useWorkbench({ settings: { 'workbench.colorTheme': theme } });
    let kms: KMSClient;

    before(() => {
      const { endpoint, accessKeyId, secretAccessKey } = workbench().emulator();
      kms = new KMSClient({ region: 'us-east-1', endpoint, credentials: { accessKeyId, secretAccessKey } });
    });
    after(() => {
      kms.destroy();
    });

    async function openNew(name: string, input: CreateKeyCommandInput): Promise<Frame> {
      const { quickInput, page } = workbench();
      const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
      const KeyId = KeyMetadata!.KeyId!;
      await kms.send(new CreateAliasCommand({ AliasName: `alias/seen/${name}`, TargetKeyId: KeyId }));
      if (input.MultiRegion === true) {
        await kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal: 'arn:aws:iam::111122223333:root', Operations: ['Decrypt'], Name: 'seen' }));
        await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 180 }));
      }
      await quickInput.runCommand('KMS: Refresh Keys');
      await quickInput.runCommand('KMS: Open Key');
      await quickInput.field.fill(KeyId);
      await quickInput.rows.filter({ hasText: KeyId }).first().click();
      return findWebview(page, `alias/seen/${name}`);
    }

    for (const { name, input, tabs } of keys) {
      it(`of a key that is ${name} have nothing that axe objects to`, async () => {
        const { page } = workbench();
        const panel = await openNew(name, input);
        assert.equal(await panel.locator('body').getAttribute('data-vscode-theme-kind'), kind);
        for (const tab of tabs) {
          await panel.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
          await panel.getByText(/^Loading/).first().waitFor({ state: 'hidden' });
          if (tab === 'Try' && name === 'symmetric') await makePair(panel);
          assert.deepEqual((await axeObjections(page)).map((objection) => `${tab}: ${objection}`), []);
        }
      });
    }

    it('for creating a key have nothing that axe objects to', async () => {
      const { page, quickInput } = workbench();
      await quickInput.runCommand('KMS: Create Key');
      const panel = await findWebview(page, 'Create a KMS key');
      await panel.getByRole('heading', { name: 'The key', exact: true }).waitFor();
      assert.equal(await panel.locator('body').getAttribute('data-vscode-theme-kind'), kind);
      await panel.getByLabel('Use it from several accounts').check();
      await panel.getByLabel('Keep it outside AWS').check();
      await panel.getByRole('button', { name: 'Create Key' }).click();
      await panel.getByRole('heading', { name: 'No key was created.' }).waitFor();
      assert.deepEqual(await axeObjections(page), []);
      await workbench().screenshot(`create-key-${kind}`);
    });
  });
}

/** A key pair of the data keys, so that everything the tab can show is looked at. */
async function makePair(panel: Frame): Promise<void> {
  const form = panel.getByRole('form', { name: 'Generate a data key' });
  await form.getByLabel(/^Data key/).selectOption('ECC_NIST_P256');
  await form.getByRole('button', { name: 'Generate Data Key' }).click();
  await panel.getByLabel('Private key as PKCS #8 in base64').waitFor();
}
