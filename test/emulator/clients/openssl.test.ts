import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateKeyCommand,
  DecryptCommand,
  GetPublicKeyCommand,
  SignCommand,
  type CreateKeyCommandInput,
  type SigningAlgorithmSpec,
} from '@aws-sdk/client-kms';
import { readFile } from 'node:fs/promises';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { isInstalled, run } from './peers.ts';

const region = 'eu-west-1';

const pss = (hash: string): string[] => ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', `rsa_mgf1_md:${hash}`, '-sigopt', 'rsa_pss_saltlen:digest'];

const signatures: readonly { readonly KeySpec: CreateKeyCommandInput['KeySpec']; readonly algorithm: SigningAlgorithmSpec; readonly hash: string; readonly options?: readonly string[] }[] = [
  { KeySpec: 'RSA_2048', algorithm: 'RSASSA_PKCS1_V1_5_SHA_256', hash: 'sha256' },
  { KeySpec: 'RSA_3072', algorithm: 'RSASSA_PKCS1_V1_5_SHA_512', hash: 'sha512' },
  { KeySpec: 'RSA_2048', algorithm: 'RSASSA_PSS_SHA_384', hash: 'sha384', options: pss('sha384') },
  { KeySpec: 'RSA_4096', algorithm: 'RSASSA_PSS_SHA_512', hash: 'sha512', options: pss('sha512') },
  { KeySpec: 'ECC_NIST_P256', algorithm: 'ECDSA_SHA_256', hash: 'sha256' },
  { KeySpec: 'ECC_NIST_P384', algorithm: 'ECDSA_SHA_384', hash: 'sha384' },
  { KeySpec: 'ECC_NIST_P521', algorithm: 'ECDSA_SHA_512', hash: 'sha512' },
  { KeySpec: 'ECC_SECG_P256K1', algorithm: 'ECDSA_SHA_256', hash: 'sha256' },
];

describe('openssl', () => {
  let emulator: EmulatorProcess;
  let folder: string;
  before(async function () {
    if (!isInstalled('openssl', ['version'])) this.skip();
    emulator = await startEmulator();
    folder = await mkdtemp(join(tmpdir(), 'kms-openssl-'));
  });
  after(async function () {
    if ((emulator as EmulatorProcess | undefined) === undefined) return;
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const write = async (name: string, content: Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  /** Makes a key and gives its id and the file of its public key. */
  async function keyFile(input: CreateKeyCommandInput): Promise<{ KeyId: string; publicKey: string }> {
    const { KeyMetadata } = await emulator.client(region).send(new CreateKeyCommand(input));
    const KeyId = KeyMetadata!.KeyId!;
    const { PublicKey } = await emulator.client(region).send(new GetPublicKeyCommand({ KeyId }));
    return { KeyId, publicKey: await write('public.der', PublicKey!) };
  }

  for (const { KeySpec, algorithm, hash, options = [] } of signatures) {
    it(`verifies ${algorithm} of ${KeySpec ?? ''} with the public key alone`, async function () {
      this.timeout(60_000);
      const { KeyId, publicKey } = await keyFile({ KeySpec, KeyUsage: 'SIGN_VERIFY' });
      const message = Buffer.from('signed by the emulator');
      const { Signature } = await emulator.client(region).send(new SignCommand({ KeyId, Message: message, SigningAlgorithm: algorithm }));
      const files = ['-signature', await write('signature', Signature!), await write('message', message)];
      const check = ['dgst', `-${hash}`, '-verify', publicKey, '-keyform', 'DER', ...options, ...files];
      assert.match(await run('openssl', check), /Verified OK/);
      await write('message', Buffer.from('signed by somebody else'));
      await assert.rejects(run('openssl', check));
    });
  }

  for (const [algorithm, hash] of [['RSAES_OAEP_SHA_1', 'sha1'], ['RSAES_OAEP_SHA_256', 'sha256']] as const) {
    it(`encrypts with the public key alone what ${algorithm} decrypts`, async function () {
      this.timeout(60_000);
      const { KeyId, publicKey } = await keyFile({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
      const options = ['rsa_padding_mode:oaep', `rsa_oaep_md:${hash}`, `rsa_mgf1_md:${hash}`].flatMap((option) => ['-pkeyopt', option]);
      const files = ['-in', await write('plain', Buffer.from('made offline')), '-out', join(folder, 'sealed')];
      await run('openssl', ['pkeyutl', '-encrypt', '-pubin', '-inkey', publicKey, '-keyform', 'DER', ...options, ...files]);
      const CiphertextBlob = await readFile(join(folder, 'sealed'));
      const { Plaintext } = await emulator.client(region).send(new DecryptCommand({ KeyId, CiphertextBlob, EncryptionAlgorithm: algorithm }));
      assert.equal(Buffer.from(Plaintext!).toString(), 'made offline');
    });
  }
});
