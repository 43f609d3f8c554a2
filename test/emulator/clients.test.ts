import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmulator, type EmulatorProcess } from './emulatorProcess.ts';
import { sampleSeed } from './support/sampleSeed.ts';
import { withSeedFile } from './support/seedFile.ts';

const run = promisify(execFile);

const works = (program: string, args: readonly string[]): boolean => spawnSync(program, args).status === 0;

describe('Other clients', () => {
  let emulator: EmulatorProcess;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    emulator = await startEmulator({ seed: sampleSeed });
    const { endpoint, accessKeyId, secretAccessKey } = emulator.ready;
    env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    };
  });
  after(() => emulator.stop());

  it('aws: the AWS CLI asks who it is, lists, encrypts, decrypts and reads refusals', async function () {
    if (!works('aws', ['--version'])) this.skip();
    this.timeout(60_000);
    const aws = async (...args: string[]): Promise<string> => (await run('aws', [...args, '--output', 'json'], { env })).stdout;
    assert.equal((JSON.parse(await aws('sts', 'get-caller-identity')) as { Account: string }).Account, '111122223333');
    assert.match(await aws('kms', 'list-aliases'), /alias\/customers\/personal-data/);
    const context = ['--encryption-context', 'purpose=test'];
    const sealed = JSON.parse(
      await aws('kms', 'encrypt', '--key-id', 'alias/customers/personal-data', '--plaintext', Buffer.from('from the CLI').toString('base64'), ...context),
    ) as { CiphertextBlob: string };
    // Version 1 of the CLI passes the text of a blob on as it is, so the file form is used for the ciphertext.
    const opened = await run('bash', ['-c', 'aws kms decrypt --ciphertext-blob fileb://<(base64 -d <<<"$0") --encryption-context purpose=test --output text --query Plaintext', sealed.CiphertextBlob], { env });
    const once = Buffer.from(opened.stdout.trim(), 'base64').toString();
    // Version 1 also sends a plaintext argument without decoding it.
    assert.ok([once, Buffer.from(once, 'base64').toString()].includes('from the CLI'), once);
    await assert.rejects(aws('kms', 'describe-key', '--key-id', 'alias/none'), /NotFoundException.*is not found\./);
  });

  it('boto3: Python creates, signs, pages and reads refusals', async function () {
    if (!works('python3', ['-c', 'import boto3'])) this.skip();
    this.timeout(60_000);
    const program = `
import boto3, json
kms = boto3.client('kms')
key = kms.create_key(Tags=[{'TagKey': 'a', 'TagValue': 'b'}])['KeyMetadata']
blob = kms.encrypt(KeyId=key['Arn'], Plaintext=b'from Python', EncryptionContext={'a': 'b'})['CiphertextBlob']
plain = kms.decrypt(CiphertextBlob=blob, EncryptionContext={'a': 'b'})['Plaintext'].decode()
signature = kms.sign(KeyId='alias/login/tokens', Message=b'm', SigningAlgorithm='ECDSA_SHA_256')['Signature']
valid = kms.verify(KeyId='alias/login/tokens', Message=b'm', Signature=signature, SigningAlgorithm='ECDSA_SHA_256')['SignatureValid']
pages = [len(page['Aliases']) for page in kms.get_paginator('list_aliases').paginate(PaginationConfig={'PageSize': 5})]
try:
    kms.disable_key(KeyId='nothing')
except kms.exceptions.NotFoundException as error:
    refusal = str(error)
print(json.dumps([plain, valid, len(pages) > 1, key['CreationDate'].year > 2000, refusal]))
`;
    const { stdout } = await run('python3', ['-c', program], { env });
    const [plain, valid, paged, dated, refusal] = JSON.parse(stdout) as unknown[];
    assert.deepEqual([plain, valid, paged, dated], ['from Python', true, true, true]);
    assert.match(String(refusal), /Invalid keyId 'nothing'$/);
  });
});

describe('The AWS CLI with roles', () => {
  const trust = { Statement: { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:user/alice' }, Action: 'sts:AssumeRole' } };
  const seed = {
    accounts: { '111122223333': { users: { alice: { accessKeys: [{ id: 'AKIAALICE', secret: 'alice-secret' }] } }, roles: { deploy: { trust } } } },
    keys: [{ spec: 'SYMMETRIC_DEFAULT', aliases: ['alias/app'] }],
  };
  const roleArn = 'arn:aws:iam::111122223333:role/deploy';
  let emulator: EmulatorProcess;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    emulator = await withSeedFile(seed, (path) => startEmulator({ seed: path }));
    folder = mkdtempSync(join(tmpdir(), 'kms-explorer-test-'));
    const [credentials, config] = [join(folder, 'credentials'), join(folder, 'config')];
    writeFileSync(credentials, '[alice]\naws_access_key_id = AKIAALICE\naws_secret_access_key = alice-secret\n');
    writeFileSync(config, `[profile deploy]\nrole_arn = ${roleArn}\nsource_profile = alice\nrole_session_name = cli\n`);
    env = {
      PATH: process.env['PATH'],
      // The CLI keeps the sessions of roles in the home folder, in which pyenv would look for the CLI.
      HOME: folder,
      PYENV_ROOT: process.env['PYENV_ROOT'] ?? join(process.env['HOME'] ?? '', '.pyenv'),
      AWS_ENDPOINT_URL: emulator.ready.endpoint,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: credentials,
    };
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await emulator.stop();
  });

  const aws = async (...args: string[]): Promise<unknown> => JSON.parse((await run('aws', [...args, '--output', 'json'], { env })).stdout) as unknown;

  it('aws: assumes a role, and uses a profile that names one', async function () {
    if (!works('aws', ['--version'])) this.skip();
    this.timeout(60_000);
    const assumed = (await aws('sts', 'assume-role', '--role-arn', roleArn, '--role-session-name', 'direct', '--profile', 'alice')) as { AssumedRoleUser: { Arn: string } };
    assert.equal(assumed.AssumedRoleUser.Arn, 'arn:aws:sts::111122223333:assumed-role/deploy/direct');
    const identity = (await aws('sts', 'get-caller-identity', '--profile', 'deploy')) as { Arn: string };
    assert.equal(identity.Arn, 'arn:aws:sts::111122223333:assumed-role/deploy/cli');
    const described = (await aws('kms', 'describe-key', '--key-id', 'alias/app', '--profile', 'deploy')) as { KeyMetadata: { KeyState: string } };
    assert.equal(described.KeyMetadata.KeyState, 'Enabled');
  });
});
