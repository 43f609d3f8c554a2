import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { clientEnvironment, isInstalled, run } from './peers.ts';

const regions = ['eu-west-1', 'us-east-1'] as const;
const plain = { database: { password: 'not-a-real-password', port: 5432 }, list: ['a', true] };

describe('sops', () => {
  let emulator: EmulatorProcess;
  let folder: string;
  before(async function () {
    if (!isInstalled('sops', ['--version', '--disable-version-check'])) this.skip();
    emulator = await startEmulator();
    folder = await mkdtemp(join(tmpdir(), 'kms-sops-'));
  });
  after(async function () {
    // A suite that was skipped has started nothing.
    if ((emulator as EmulatorProcess | undefined) === undefined) return;
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const newKey = async (region: string): Promise<string> => {
    const { KeyMetadata } = await emulator.client(region).send(new CreateKeyCommand({}));
    return KeyMetadata!.Arn!;
  };

  for (const format of ['json', 'yaml', 'env', 'ini'] as const) {
    it(`encrypts a ${format} file under keys of two Regions with a context, and either Region decrypts it`, async function () {
      this.timeout(60_000);
      const file = join(folder, `secrets.${format}`);
      const flat = { env: 'PASSWORD=not-a-real-password\n', ini: '[database]\npassword = not-a-real-password\n' };
      const text = format === 'json' || format === 'yaml' ? JSON.stringify(plain) : flat[format];
      await writeFile(file, text);
      const arns = [await newKey(regions[0]), await newKey(regions[1])];
      const env = clientEnvironment(emulator, regions[0]);
      await run('sops', ['encrypt', '--kms', arns.join(','), '--encryption-context', 'app:orders,stage:test', '--in-place', file], { env });
      const encrypted = await readFile(file, 'utf8');
      assert.ok(!encrypted.includes('not-a-real-password'));
      for (const arn of arns) {
        // The other key's entry is made useless, so that this one alone has to do.
        const other = arns.find((each) => each !== arn)!;
        const alone = join(folder, `alone.${format}`);
        await writeFile(alone, encrypted.replace(other, other.replace(/key\/.*/, 'key/00000000-0000-4000-8000-000000000000')));
        assert.match(await run('sops', ['decrypt', alone], { env }), /not-a-real-password/);
      }
    });
  }

  it('is told in KMS’s words why a file does not decrypt', async function () {
    this.timeout(60_000);
    const file = join(folder, 'refused.json');
    await writeFile(file, JSON.stringify(plain));
    const env = clientEnvironment(emulator, regions[0]);
    await run('sops', ['encrypt', '--kms', await newKey(regions[0]), '--encryption-context', 'app:orders', '--in-place', file], { env });
    await writeFile(file, (await readFile(file, 'utf8')).replace('"orders"', '"another"'));
    await assert.rejects(run('sops', ['decrypt', file], { env }), /InvalidCiphertextException/);
  });
});
