import assert from 'node:assert/strict';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { sampleSeed } from '../support/sampleSeed.ts';
import { clientEnvironment, isInstalled, run } from './peers.ts';

describe('The AWS CLI', () => {
  let emulator: EmulatorProcess;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    emulator = await startEmulator({ seed: sampleSeed });
    env = clientEnvironment(emulator, 'eu-west-1');
  });
  after(() => emulator.stop());

  it('asks who it is, lists, encrypts, decrypts and reads refusals', async function () {
    if (!isInstalled('aws', ['--version'])) this.skip();
    this.timeout(60_000);
    const aws = (...args: string[]): Promise<string> => run('aws', [...args, '--output', 'json'], { env });
    assert.equal((JSON.parse(await aws('sts', 'get-caller-identity')) as { Account: string }).Account, '111122223333');
    assert.match(await aws('kms', 'list-aliases'), /alias\/customers\/personal-data/);
    const context = ['--encryption-context', 'purpose=test'];
    const sealed = JSON.parse(
      await aws('kms', 'encrypt', '--key-id', 'alias/customers/personal-data', '--plaintext', Buffer.from('from the CLI').toString('base64'), ...context),
    ) as { CiphertextBlob: string };
    // Version 1 of the CLI passes the text of a blob on as it is, so the file form is used for the ciphertext.
    const opened = await run('bash', ['-c', 'aws kms decrypt --ciphertext-blob fileb://<(base64 -d <<<"$0") --encryption-context purpose=test --output text --query Plaintext', sealed.CiphertextBlob], { env });
    const once = Buffer.from(opened.trim(), 'base64').toString();
    // Version 1 also sends a plaintext argument without decoding it.
    assert.ok([once, Buffer.from(once, 'base64').toString()].includes('from the CLI'), once);
    await assert.rejects(aws('kms', 'describe-key', '--key-id', 'alias/none'), /NotFoundException.*is not found\./);
  });
});
