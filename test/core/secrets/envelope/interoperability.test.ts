import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand, DecryptCommand, GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import { openMessage } from '../../../../src/core/secrets/envelope/openMessage.ts';
import { sealMessage } from '../../../../src/core/secrets/envelope/sealMessage.ts';
import { readEncryptionSdkHeader } from '../../../../src/core/secrets/tokens/encryptionSdkMessage.ts';
import { messageCrypto } from '../../../../src/features/shared/secrets/envelope/messageCrypto.ts';
import { clientEnvironment, isInstalled, run } from '../../../emulator/clients/peers.ts';
import { startEmulator, type EmulatorProcess } from '../../../emulator/emulatorProcess.ts';

const region = 'eu-west-1';
const encryptionContext = { app: 'orders', stage: 'é' };
const text = `${'not really secret '.repeat(600)}é`;

describe('The command line of the AWS Encryption SDK', function () {
  this.timeout(120_000);
  let emulator: EmulatorProcess;
  let folder: string;
  let keyArn: string;
  before(async function () {
    if (!isInstalled('aws-encryption-cli', ['--version'])) this.skip();
    emulator = await startEmulator();
    folder = await mkdtemp(join(tmpdir(), 'kms-messages-'));
    keyArn = (await emulator.client(region).send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
  });
  after(async () => {
    if (!isInstalled('aws-encryption-cli', ['--version'])) return;
    await rm(folder, { recursive: true, force: true });
    await emulator.stop();
  });

  const cli = async (verb: string, input: Uint8Array | string, ...options: readonly string[]): Promise<Uint8Array> => {
    await writeFile(join(folder, 'in'), input);
    const context = Object.entries(encryptionContext).map(([name, value]) => `${name}=${value}`);
    await run(
      'aws-encryption-cli',
      [verb, '--input', join(folder, 'in'), '--output', join(folder, 'out'), '--wrapping-keys', `key=${keyArn}`, '--encryption-context', ...context, '--suppress-metadata', ...options],
      { env: clientEnvironment(emulator, region) },
    );
    const output = await readFile(join(folder, 'out'));
    await rm(join(folder, 'out'));
    return output;
  };

  const open = async (message: Uint8Array): Promise<string> => {
    const header = readEncryptionSdkHeader(message)!;
    const [key] = header.encryptedDataKeys;
    const answer = await emulator.client(region).send(new DecryptCommand({ CiphertextBlob: key!.encryptedKey, EncryptionContext: header.encryptionContext, KeyId: key!.providerInfo }));
    return new TextDecoder().decode(openMessage(messageCrypto, message, header, answer.Plaintext!));
  };

  it('decrypts what is written here', async () => {
    const dataKey = await emulator.client(region).send(new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: encryptionContext }));
    const message = sealMessage(messageCrypto, new TextEncoder().encode(text), encryptionContext, { plaintext: dataKey.Plaintext!, keyArn, ciphertext: dataKey.CiphertextBlob! });
    assert.equal(new TextDecoder().decode(await cli('--decrypt', message)), text);
    assert.equal(await open(message), text);
  });

  for (const [what, options] of [['with its defaults', []], ['in one piece', ['--frame-length', '0']], ['in small frames', ['--frame-length', '512']]] as const) {
    it(`writes ${what} what is opened here`, async () => {
      const message = await cli('--encrypt', text, ...options);
      assert.equal(readEncryptionSdkHeader(message)?.frameLength === undefined, what === 'in one piece');
      assert.equal(await open(message), text);
    });
  }
});
