import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  GetKeyRotationStatusCommand,
  GetPublicKeyCommand,
  KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeyRotationsCommand,
  ListResourceTagsCommand,
  UpdateKeyDescriptionCommand,
  type CreateKeyCommandInput,
} from '@aws-sdk/client-kms';
import type { Frame } from 'playwright-core';
import { useWorkbench } from './harness/useWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';
import { findWebview } from './harness/webviews.ts';

const region = 'us-east-1';

describe('Changing a key in its panel', () => {
  const workbench = useWorkbench();
  let kms: KMSClient;

  before(() => {
    const { endpoint, accessKeyId, secretAccessKey } = workbench().emulator();
    kms = new KMSClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
  });
  after(() => {
    kms.destroy();
  });

  /** Makes a key and opens its panel on a tab. */
  async function openNew(name: string, tab: string, input: CreateKeyCommandInput = {}): Promise<{ keyId: string; panel: Frame }> {
    const { quickInput, page } = workbench();
    const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
    const keyId = KeyMetadata!.KeyId!;
    await kms.send(new CreateAliasCommand({ AliasName: `alias/${name}`, TargetKeyId: keyId }));
    await quickInput.runCommand('KMS: Refresh Keys');
    await quickInput.runCommand('KMS: Open Key');
    await quickInput.field.fill(keyId);
    await quickInput.rows.filter({ hasText: keyId }).first().click();
    const panel = await findWebview(page, `alias/${name}`);
    await panel.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
    return { keyId, panel };
  }

  const press = (panel: Frame, name: string): Promise<void> => panel.getByRole('button', { name, exact: true }).click();

  it('adds and deletes aliases and tags', async () => {
    const { keyId, panel } = await openNew('tabs/names', 'Aliases');
    await panel.getByLabel('New alias').fill('tabs/second');
    await press(panel, 'Add Alias');
    await panel.getByText('alias/tabs/second now stands for this key.').waitFor();
    await press(panel, 'Delete alias/tabs/names');
    await panel.getByText('alias/tabs/names is deleted.').waitFor();
    const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId: keyId }));
    assert.deepEqual(Aliases?.map(({ AliasName }) => AliasName), ['alias/tabs/second']);

    await panel.getByRole('tab', { name: /^Tags/ }).click();
    await panel.getByLabel('Tag key').fill('team');
    await panel.getByLabel('Tag value').fill('orders');
    await press(panel, 'Put Tag');
    await panel.getByRole('row', { name: /team orders/ }).waitFor();
    await press(panel, 'Remove team');
    await panel.getByText('The key has no tags.').waitFor();
    assert.deepEqual((await kms.send(new ListResourceTagsCommand({ KeyId: keyId }))).Tags, []);
  });

  it('changes the description, and writes nothing over one that somebody else changed, until that was seen', async () => {
    const { keyId, panel } = await openNew('tabs/described', 'Overview');
    const write = async (text: string) => {
      await panel.getByLabel('Description', { exact: true }).fill(text);
      await press(panel, 'Change');
    };
    await write('first');
    await panel.getByText('The description is changed.').waitFor();
    await kms.send(new UpdateKeyDescriptionCommand({ KeyId: keyId, Description: 'theirs' }));
    await write('second');
    await panel.getByText(/Someone changed the description since it was shown here: it is "theirs" now/).waitFor();
    await press(panel, 'Refresh');
    await panel.locator('header .description').getByText('theirs').waitFor();
    await write('third');
    await panel.getByText('The description is changed.').waitFor();
    assert.equal((await kms.send(new DescribeKeyCommand({ KeyId: keyId }))).KeyMetadata?.Description, 'third');
  });

  it('shows KMS’s own answer when it refuses a change, and changes nothing', async () => {
    const { panel } = await openNew('tabs/refused', 'Aliases');
    await panel.getByLabel('New alias').fill('orders/config');
    await press(panel, 'Add Alias');
    await panel.getByText('Nothing was changed.').waitFor();
    await panel.getByText(/An alias with the name .*alias\/orders\/config already exists/).waitFor();
  });

  it('turns rotation on with a period, rotates at once, and lists the materials', async () => {
    const { keyId, panel } = await openNew('tabs/rotation', 'Rotation');
    await panel.getByLabel('Rotation period in days').fill('180');
    await press(panel, 'Turn On');
    await panel.getByRole('heading', { name: 'Automatic rotation is on' }).waitFor();
    assert.equal((await kms.send(new GetKeyRotationStatusCommand({ KeyId: keyId }))).RotationPeriodInDays, 180);
    await press(panel, 'Rotate Now');
    await panel.getByRole('row', { name: /on demand/ }).waitFor();
    assert.equal((await kms.send(new ListKeyRotationsCommand({ KeyId: keyId }))).Rotations?.length, 1);
  });

  it('creates a grant with a constraint and revokes it', async () => {
    const { keyId, panel } = await openNew('tabs/grants', 'Grants');
    await panel.getByLabel('Grantee principal').fill('arn:aws:iam::111122223333:role/app');
    await panel.getByRole('checkbox', { name: 'Decrypt', exact: true }).check();
    await panel.getByLabel('Pairs, one on each line').fill('service=orders');
    await press(panel, 'Create Grant');
    await panel.getByRole('row', { name: /role\/app.*Decrypt.*encryption context has service=orders/ }).waitFor();
    const { Grants } = await kms.send(new ListGrantsCommand({ KeyId: keyId }));
    assert.deepEqual(Grants?.[0]?.Constraints, { EncryptionContextSubset: { service: 'orders' } });
    await press(panel, 'Revoke the grant of arn:aws:iam::111122223333:role/app');
    await panel.getByText('The key has no grants.').waitFor();
  });

  it('encrypts and decrypts what is tried, with its context, and forgets it', async () => {
    const { panel } = await openNew('tabs/try', 'Try');
    const encrypt = panel.getByRole('form', { name: 'Encrypt' });
    await encrypt.getByLabel('Plaintext').fill('only tried');
    await encrypt.getByLabel('Encryption context').fill('a=b');
    await encrypt.getByRole('button', { name: 'Encrypt', exact: true }).click();
    const ciphertext = await panel.getByLabel('Ciphertext as base64').innerText();
    const decrypt = panel.getByRole('form', { name: 'Decrypt' });
    await decrypt.getByLabel('Ciphertext, base64').fill(ciphertext);
    await decrypt.getByRole('button', { name: 'Decrypt', exact: true }).click();
    await panel.getByText('KMS cannot decrypt this').waitFor();
    await decrypt.getByLabel('Encryption context').fill('a=b');
    await decrypt.getByRole('button', { name: 'Decrypt', exact: true }).click();
    assert.equal(await panel.getByLabel('Plaintext as text').innerText(), 'only tried');
    await press(panel, 'Forget');
    await panel.getByLabel('Plaintext as text').waitFor({ state: 'detached' });
  });

  it('shows the public key of a signing key, whose signatures it verifies', async () => {
    const { keyId, panel } = await openNew('tabs/public', 'Public key', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const pem = await panel.getByLabel('Public key as PEM').innerText();
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
    assert.deepEqual(createPublicKey(pem).export({ format: 'der', type: 'spki' }), Buffer.from(PublicKey!));
    await panel.getByLabel('Public key as SSH').getByText('ecdsa-sha2-nistp256').waitFor();
    await panel.getByRole('tab', { name: 'Try' }).click();
    const sign = panel.getByRole('form', { name: 'Sign' });
    await sign.getByLabel('Message', { exact: true }).fill('to be signed');
    await sign.getByRole('button', { name: 'Sign', exact: true }).click();
    const signature = await panel.getByLabel('Signature as base64').innerText();
    const verify = panel.getByRole('form', { name: 'Verify' });
    await verify.getByLabel('Message', { exact: true }).fill('to be signed');
    await verify.getByLabel('Signature, base64').fill(signature);
    await verify.getByRole('button', { name: 'Verify', exact: true }).click();
    await panel.getByText('It is valid.').waitFor();
  });

  it('makes a replica and then the primary of it', async () => {
    const { keyId, panel } = await openNew('tabs/regions', 'Regions', { MultiRegion: true });
    await panel.getByLabel('New replica in').selectOption('eu-west-1');
    await press(panel, 'Replicate');
    await panel.getByRole('row', { name: /eu-west-1 Replica/ }).waitFor();
    const { endpoint, accessKeyId, secretAccessKey } = workbench().emulator();
    const abroad = new KMSClient({ region: 'eu-west-1', endpoint, credentials: { accessKeyId, secretAccessKey } });
    await waitUntil('a replica that is ready', async () => {
      const { KeyMetadata } = await abroad.send(new DescribeKeyCommand({ KeyId: keyId }));
      return KeyMetadata?.KeyState === 'Enabled' ? true : null;
    });
    abroad.destroy();
    await press(panel, 'Make eu-west-1 the primary');
    await panel.getByRole('heading', { name: 'A replica of the key in eu-west-1' }).waitFor();
  });
});
