import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { startBundledEmulator } from '../host/bundledEmulator.ts';
import { useWorkbench } from './harness/useWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';

/** Listens on a free loopback port, as another program would. */
async function occupyPort(): Promise<{ port: number; server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return { port: address.port, server };
}

/** The ready record that the owner of a data folder leaves in it. */
async function ownerProcess(dataFolder: string): Promise<number> {
  return waitUntil('a process that owns the data folder', async () => {
    for (const name of await readdir(dataFolder).catch(() => [])) {
      const text = await readFile(join(dataFolder, name), 'utf8').catch(() => '');
      const pid = /"pid":\s*(\d+)/.exec(text)?.[1];
      if (pid !== undefined) return Number(pid);
    }
    return null;
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('The emulator that the extension starts', () => {
  const workbench = useWorkbench({ emulator: false, settings: { 'kmsExplorer.emulator.port': 0 } });
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kms-life-'));
    await setMachineSetting('kmsExplorer.emulator.dataFolder', join(folder, 'data'));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function setMachineSetting(id: string, value: unknown): Promise<void> {
    const file = join(workbench().serverData, 'data', 'Machine', 'settings.json');
    const settings = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify({ ...settings, [id]: value }));
    // The workbench reads its settings again when the watcher of the file says so.
    await delay(2_000);
  }

  async function welcomes(words: string): Promise<void> {
    const { keys } = workbench();
    await waitUntil(`the welcome text "${words}"`, async () => {
      const text = await keys.welcomeText().catch(() => '');
      return text.includes(words) ? true : null;
    });
  }

  it('starts from the welcome view, becomes the backend, and shows its Region', async () => {
    const { keys, messages } = workbench();
    await keys.open();
    await workbench().page.locator('.welcome-view').getByRole('button', { name: 'Start the Local Emulator' }).click();
    await messages.statusItem(/KMS: emulator · \d{12} · us-east-1/).waitFor();
    assert.ok(isAlive(await ownerProcess(join(folder, 'data'))));
  });

  it('tells why it denied the last call, once there is one', async () => {
    const { messages, page, quickInput } = workbench();
    await quickInput.runCommand('KMS: Explain Last Denied Call');
    await messages.waitForNotification('The local emulator has denied no call since this window started it.');
    await messages.clear();

    await quickInput.runCommand('KMS: Copy Local Emulator Environment');
    await messages.statusItem('Environment of the local emulator copied').waitFor();
    const text = String(await page.evaluate('navigator.clipboard.readText()'));
    const variable = (name: string): string => new RegExp(`${name}=(.*)`).exec(text)?.[1] ?? '';
    const credentials = { accessKeyId: variable('AWS_ACCESS_KEY_ID'), secretAccessKey: variable('AWS_SECRET_ACCESS_KEY') };
    const kms = new KMSClient({ region: 'us-east-1', endpoint: variable('AWS_ENDPOINT_URL_KMS'), credentials });
    const foreign = 'arn:aws:kms:us-east-1:999999999999:key/00000000-0000-4000-8000-000000000000';
    await assert.rejects(kms.send(new DescribeKeyCommand({ KeyId: foreign })), { name: 'AccessDeniedException' });
    kms.destroy();
    await quickInput.runCommand('KMS: Explain Last Denied Call');
    await messages.waitForNotification(/:root was denied DescribeKey in us-east-1/);
  });

  it('is restarted on request after it died', async () => {
    const { messages } = workbench();
    const died = await ownerProcess(join(folder, 'data'));
    process.kill(died, 'SIGKILL');
    await messages.waitForNotification(/local emulator stopped unexpectedly \(signal SIGKILL\)\. Its keys are safe/);
    await welcomes('not running');
    await messages.answerNotification('stopped unexpectedly', 'Restart Emulator');
    await messages.statusItem(/KMS: emulator · \d{12}/).waitFor();
    assert.notEqual(await ownerProcess(join(folder, 'data')), died);
  });

  it('stops on request, and is not started again by the view', async () => {
    const { quickInput } = workbench();
    const pid = await ownerProcess(join(folder, 'data'));
    await quickInput.runCommand('KMS: Stop Local Emulator');
    await waitUntil('the end of the process', async () => Promise.resolve(isAlive(pid) ? null : true));
    await welcomes('not running');
  });

  it('says which port is in use by another program', async () => {
    const { messages, quickInput } = workbench();
    const { port, server } = await occupyPort();
    await setMachineSetting('kmsExplorer.emulator.port', port);
    await quickInput.runCommand('KMS: Start Local Emulator');
    await messages.waitForNotification(new RegExp(`${port}.*in use|in use.*${port}`));
    server.close();
    await setMachineSetting('kmsExplorer.emulator.port', 0);
  });

  it('is the one that another process runs on the data folder, and is left to it', async () => {
    const { messages, quickInput } = workbench();
    const shared = join(folder, 'shared');
    const other = await startBundledEmulator({ dataFolder: shared });
    try {
      await setMachineSetting('kmsExplorer.emulator.dataFolder', shared);
      await quickInput.runCommand('KMS: Start Local Emulator');
      await messages.statusItem(`The local KMS emulator runs at ${other.endpoint}`).waitFor();
      await quickInput.runCommand('KMS: Stop Local Emulator');
      await messages.waitForNotification(`The emulator at ${other.endpoint} belongs to process ${other.pid}, which started it. Stop it there.`);
      assert.ok(isAlive(other.pid));
    } finally {
      await other.stop();
    }
  });

  it('says that a data folder is corrupt, and leaves every byte of it', async () => {
    const { messages, quickInput } = workbench();
    const corrupt = join(folder, 'corrupt');
    await mkdir(corrupt);
    const names = (await readdir(join(folder, 'data'))).filter((name) => /\.(db|sqlite3?)$/.test(name));
    assert.equal(names.length, 1, names.join());
    const file = join(corrupt, names[0]!);
    await writeFile(file, 'this was a database once'.repeat(400));
    const before = await readFile(file);
    await setMachineSetting('kmsExplorer.emulator.dataFolder', corrupt);
    await quickInput.runCommand('KMS: Start Local Emulator');
    const message = await messages.waitForNotification(/corrupt|damaged|not a database|cannot be read/i);
    assert.ok(message.includes(corrupt), message);
    assert.deepEqual(await readFile(file), before);
  });
});
