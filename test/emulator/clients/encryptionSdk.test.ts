import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildClient, CommitmentPolicy, KmsKeyringNode } from '@aws-crypto/client-node';
import { CreateKeyCommand, KMS } from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { clientEnvironment, isInstalled, run } from './peers.ts';

const regions = ['eu-west-1', 'us-east-1'] as const;
type Keyring = Parameters<ReturnType<typeof buildClient>['encrypt']>[0];

const encryptionContext = { app: 'orders', stage: 'test' };

describe('The AWS Encryption SDK', () => {
  const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
  let emulator: EmulatorProcess;
  let arns: readonly string[];
  before(async () => {
    emulator = await startEmulator();
    const made = regions.map(async (region) => (await emulator.client(region).send(new CreateKeyCommand({}))).KeyMetadata!.Arn!);
    arns = await Promise.all(made);
  });
  after(() => emulator.stop());

  function keyring(generatorKeyId: string | undefined, keyIds: readonly string[]): Keyring {
    const { endpoint, accessKeyId, secretAccessKey } = emulator.ready;
    const clientProvider = (region: string): KMS => new KMS({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
    const input: unknown = { keyIds, clientProvider, ...(generatorKeyId === undefined ? {} : { generatorKeyId }) };
    // The library's types know nothing of members that are undefined, which the SDK's answers have.
    const made: unknown = new KmsKeyringNode(input as ConstructorParameters<typeof KmsKeyringNode>[0]);
    return made as Keyring;
  }

  it('encrypts 100 kB under keys of two Regions with a context, and the key of either decrypts it', async () => {
    const plaintext = Buffer.alloc(100_000, 'not really secret ');
    const { result } = await encrypt(keyring(arns[0], arns.slice(1)), plaintext, { encryptionContext });
    for (const arn of arns) {
      const opened = await decrypt(keyring(undefined, [arn]), result);
      assert.deepEqual(opened.plaintext, plaintext);
      assert.equal(opened.messageHeader.encryptionContext['app'], 'orders');
    }
  });

  it('cannot decrypt a message whose context was changed', async () => {
    const { result } = await encrypt(keyring(arns[0], []), Buffer.from('secret'), { encryptionContext });
    const changed = Buffer.from(result);
    changed.set(Buffer.from('stranger').subarray(0, 6), changed.indexOf('orders'));
    await assert.rejects(decrypt(keyring(undefined, arns.slice(0, 1)), changed));
  });

  it('reads in its command line what its library wrote, and the other way round', async function () {
    if (!isInstalled('aws-encryption-cli', ['--version'])) this.skip();
    this.timeout(120_000);
    const folder = await mkdtemp(join(tmpdir(), 'kms-esdk-'));
    const [arn = ''] = arns;
    const cli = async (verb: string, input: string, output: string): Promise<void> => {
      const keys = ['--wrapping-keys', `key=${arn}`];
      const context = ['--encryption-context', 'app=orders', '--metadata-output', join(folder, 'metadata'), '--overwrite-metadata'];
      await run('aws-encryption-cli', [verb, '--input', join(folder, input), '--output', join(folder, output), ...keys, ...context], {
        env: clientEnvironment(emulator, regions[0]),
      });
    };
    try {
      const { result } = await encrypt(keyring(arn, []), Buffer.from('from the library'), { encryptionContext });
      await writeFile(join(folder, 'library'), result);
      await cli('--decrypt', 'library', 'library.txt');
      assert.equal(await readFile(join(folder, 'library.txt'), 'utf8'), 'from the library');

      await writeFile(join(folder, 'cli.txt'), 'from the command line');
      await cli('--encrypt', 'cli.txt', 'cli');
      const opened = await decrypt(keyring(undefined, [arn]), await readFile(join(folder, 'cli')));
      assert.equal(opened.plaintext.toString(), 'from the command line');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
