import assert from 'node:assert/strict';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { sampleSeed } from '../support/sampleSeed.ts';
import { clientEnvironment, isInstalled, run } from './peers.ts';

describe('boto3', () => {
  let emulator: EmulatorProcess;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    emulator = await startEmulator({ seed: sampleSeed });
    env = clientEnvironment(emulator, 'eu-west-1');
  });
  after(() => emulator.stop());

  it('creates, signs, pages and reads refusals', async function () {
    if (!isInstalled('python3', ['-c', 'import boto3'])) this.skip();
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
    const stdout = await run('python3', ['-c', program], { env });
    const [plain, valid, paged, dated, refusal] = JSON.parse(stdout) as unknown[];
    assert.deepEqual([plain, valid, paged, dated], ['from Python', true, true, true]);
    assert.match(String(refusal), /Invalid keyId 'nothing'$/);
  });
});
