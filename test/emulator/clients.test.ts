import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { startEmulator, type EmulatorProcess } from './emulatorProcess.ts';
import { sampleSeed } from './support/sampleSeed.ts';

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
