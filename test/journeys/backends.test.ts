import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { startAnalyzerServer, type AnalyzerReply } from '../aws/accessAnalyzer/analyzerServer.ts';
import { startSignedServer, type SignedServer } from '../aws/http/signedServer.ts';
import { startBundledEmulator, type BundledEmulator } from '../host/bundledEmulator.ts';
import { useWorkbench } from './harness/useWorkbench.ts';
import { findWebview } from './harness/webviews.ts';
import { waitUntil } from './harness/waitUntil.ts';

const region = 'eu-west-1';

/** Two accounts, the second without any key of its own. */
const seed = {
  accounts: {
    '111122223333': { accessKeys: [{ id: 'OWNER', secret: 'owner-secret' }] },
    '444455556666': { accessKeys: [{ id: 'STRANGER', secret: 'stranger-secret' }] },
  },
  keys: [
    {
      id: '0a0a0a0a-1111-4222-8333-444444444444',
      account: '111122223333',
      region,
      spec: 'SYMMETRIC_DEFAULT',
      aliases: ['alias/owner/key'],
    },
  ],
};

/** Answers every call as AWS KMS answers an account that makes too many. */
async function startBusyEndpoint(): Promise<Server> {
  const body = JSON.stringify({
    __type: 'ThrottlingException',
    message: 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
  });
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.1' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Finds the first character of every policy worth a look, and none of them public. */
function answerOf(url: string): AnalyzerReply {
  if (url === '/policy/check-no-public-access') return { body: { result: 'PASS', reasons: [] } };
  const span = { start: { line: 1, column: 0, offset: 0 }, end: { line: 1, column: 1, offset: 1 } };
  const finding = { findingType: 'SUGGESTION', issueCode: 'LOOK_HERE', findingDetails: 'Look at this.', learnMoreLink: 'https://docs.aws.amazon.com/', locations: [{ path: [], span }] };
  return { body: { findings: [finding] } };
}

/** What `~/.aws/config` would hold: each profile stands for one way in which people are stopped. */
function configFile(endpoint: string, beside: { readonly analyzer: string; readonly ec2: string }, busyPort: number): string {
  const profile = (name: string, lines: readonly string[]) => [`[profile ${name}]`, `region = ${region}`, ...lines, ''].join('\n');
  const keys = (id: string, secret: string) => [`aws_access_key_id = ${id}`, `aws_secret_access_key = ${secret}`];
  return [
    profile('nobody', []),
    profile('offline', [...keys('OWNER', 'owner-secret'), 'endpoint_url = http://127.0.0.1:9']),
    profile('busy', [...keys('OWNER', 'owner-secret'), `endpoint_url = http://127.0.0.1:${busyPort}`]),
    profile('mistyped', [...keys('OWNER', 'another-secret'), `endpoint_url = ${endpoint}`]),
    profile('owner', [...keys('OWNER', 'owner-secret'), `endpoint_url = ${endpoint}`]),
    profile('analyzed', [...keys('OWNER', 'owner-secret'), 'services = beside', `endpoint_url = ${endpoint}`]),
    ['[services beside]', 'accessanalyzer =', `  endpoint_url = ${beside.analyzer}`, 'ec2 =', `  endpoint_url = ${beside.ec2}`, ''].join('\n'),
    profile('stranger', [...keys('STRANGER', 'stranger-secret'), `endpoint_url = ${endpoint}`]),
  ].join('\n');
}

describe('Choosing who answers', () => {
  const workbench = useWorkbench({ emulator: false });
  let emulator: BundledEmulator;
  let folder: string;
  let busy: Server;
  let analyzer: SignedServer;
  let ec2: SignedServer;

  before(async () => {
    busy = await startBusyEndpoint();
    analyzer = await startAnalyzerServer('owner-secret', answerOf);
    const regions = [region, 'us-east-1'].map((name) => `<item><regionName>${name}</regionName></item>`).join('');
    const reply = () => ({ body: `<DescribeRegionsResponse><regionInfo>${regions}</regionInfo></DescribeRegionsResponse>` });
    ec2 = await startSignedServer({ service: 'ec2', secretAccessKey: 'owner-secret', reply, refusal: (body) => ({ status: 403, body }) });
    const { port: busyPort } = busy.address() as AddressInfo;
    folder = await mkdtemp(join(tmpdir(), 'kms-backends-'));
    const seedFile = join(folder, 'seed.json');
    await writeFile(seedFile, JSON.stringify(seed));
    emulator = await startBundledEmulator({ dataFolder: join(folder, 'data'), seed: seedFile });
    await writeFile(join(dirname(workbench().serverData), 'aws', 'config'), configFile(emulator.endpoint, { analyzer: analyzer.endpoint, ec2: ec2.endpoint }, busyPort));
  });
  after(async () => {
    busy.close();
    await analyzer.stop();
    await ec2.stop();
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function select(profile: string): Promise<void> {
    const { quickInput } = workbench();
    await quickInput.runCommand('KMS: Select Backend');
    await quickInput.pick(profile);
  }

  async function welcomes(words: RegExp): Promise<void> {
    const { keys } = workbench();
    await waitUntil(`a welcome text with ${String(words)}`, async () =>
      words.test(await keys.welcomeText().catch(() => '')) ? true : null,
    );
  }

  it('welcomes a person who has no backend yet, and says so when a command needs one', async () => {
    const { keys, messages, quickInput } = workbench();
    await keys.open();
    await welcomes(/Browse AWS KMS keys/);
    await messages.statusItem('KMS: no backend').waitFor();
    await quickInput.runCommand('KMS: Go to Key');
    await messages.waitForNotification('No backend is selected. Choose the local emulator or an AWS profile');
  });

  it('says that a profile has no credentials, in the view and when a command needs them', async () => {
    const { messages, quickInput } = workbench();
    await select('nobody');
    await messages.statusItem('KMS: nobody').waitFor();
    await quickInput.runCommand('KMS: Go to Key');
    await messages.waitForNotification('No AWS credentials were found');
    await welcomes(/No AWS credentials or no Region were found/);
  });

  it('says in the tree that an endpoint cannot be reached, and tries again on a click', async () => {
    const { keys, page } = workbench();
    await select('offline');
    await keys.expand(region);
    const row = keys.rows.filter({ hasText: 'http://127.0.0.1:9 cannot be reached' }).first();
    await row.waitFor({ timeout: 30_000 });
    await row.hover();
    await row.getByRole('button', { name: 'Retry' }).waitFor();
    await row.getByRole('button', { name: 'Show Log' }).click();
    await page.locator('.output-view, .panel').getByText('UNREACHABLE').first().waitFor();
  });

  it('says that KMS throttles the account, in the tree and when a command needs the keys', async () => {
    const { keys, messages, quickInput } = workbench();
    await keys.open();
    await select('busy');
    await keys.expand(region);
    await keys.row('Throttled').waitFor();
    await quickInput.runCommand('KMS: Go to Key');
    await messages.waitForNotification(/KMS is throttling the calls of this account\. Wait a moment and try again: You have exceeded the rate/);
  });

  it('says that the secret of an access key is wrong', async () => {
    const { keys } = workbench();
    await select('mistyped');
    await keys.expand(region);
    await keys.rows.filter({ hasText: 'AWS does not accept these credentials' }).first().waitFor();
  });

  it('shows the keys of a profile, its account, and that the endpoint is not AWS’s', async () => {
    const { keys, messages } = workbench();
    await select('owner');
    await keys.expand(region, 'Customer managed');
    await keys.row('owner/key').waitFor();
    await messages.statusItem(`KMS: owner (custom endpoint) · 111122223333 · ${region}`).waitFor();
  });

  it('asks IAM Access Analyzer about a key policy when it is told to', async () => {
    const { keys, page, quickInput, screenshot } = workbench();
    await keys.open();
    await select('analyzed');
    await keys.expand(region, 'Customer managed');
    await keys.row('owner/key').click();
    const panel = await findWebview(page, 'alias/owner/key');
    await panel.getByRole('tab', { name: 'Key policy' }).click();
    await panel.getByRole('button', { name: 'Validate With AWS' }).click();
    await panel.getByText('IAM Access Analyzer has validated the policy and found one thing to look at.').waitFor();
    await panel.getByRole('button', { name: /IAM Access Analyzer: Look at this\./ }).waitFor();
    await panel.getByRole('button', { name: 'Check Public Access' }).click();
    await panel.getByText('IAM Access Analyzer says that the policy gives the public no access.').waitFor();
    await screenshot('access-analyzer');

    await panel.getByRole('button', { name: 'Open as Document' }).click();
    await page.getByRole('tab', { name: /owner-key\.kms-policy\.json/ }).waitFor();
    await quickInput.runCommand('KMS: Check Key Policy With IAM Access Analyzer');
    await workbench().messages.waitForNotification('What IAM Access Analyzer found is in the Problems view. The policy gives the public no access.');
    assert.deepEqual([...new Set(analyzer.asked.map((check) => check.region))], [region]);
  });

  it('offers the Regions that the account has enabled', async () => {
    const { page, quickInput } = workbench();
    await quickInput.runCommand('KMS: Select Regions');
    await quickInput.rows.filter({ hasText: 'us-east-1' }).waitFor();
    assert.deepEqual((await quickInput.rows.locator('.label-name').allInnerTexts()).sort(), [region, 'us-east-1']);
    await page.keyboard.press('Escape');
  });

  it('shows nothing of the former account after a switch, and explains a denied decryption', async () => {
    const { editor, keys, messages, page, quickInput } = workbench();
    await select('stranger');
    await messages.statusItem('444455556666').waitFor();
    await keys.row(region).waitFor();
    assert.equal(await keys.row('owner/key').count(), 0);

    const client = new KMSClient({ region, endpoint: emulator.endpoint, credentials: { accessKeyId: 'OWNER', secretAccessKey: 'owner-secret' } });
    const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: 'alias/owner/key', Plaintext: Buffer.from('theirs') }));
    client.destroy();
    await writeFile(join(workbench().workspace, 'stranger.txt'), Buffer.from(CiphertextBlob!).toString('base64'));
    await editor.open('stranger.txt');
    await page.keyboard.press('Control+A');
    await quickInput.runCommand('KMS: Decrypt Selection');
    await messages.waitForNotification(/KMS denied access\. You may not use its key, or the key is in another account/);
  });
});
