import assert from 'node:assert/strict';
import { constants, publicEncrypt } from 'node:crypto';
import { CreateKeyCommand, DecryptCommand, EncryptCommand, GetPublicKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../../emulatorProcess.ts';
import { hasOpenssl, openssl } from '../../support/openssl.ts';
import { assertRefused } from '../../support/refusal.ts';

const specs = [
  ['RSA_2048', 214, 190],
  ['RSA_3072', 342, 318],
  ['RSA_4096', 470, 446],
] as const;

describe('RSA encryption', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());

  for (const [KeySpec, mostOfSha1, mostOfSha256] of specs) {
    const algorithms = [['RSAES_OAEP_SHA_1', 'sha1', mostOfSha1], ['RSAES_OAEP_SHA_256', 'sha256', mostOfSha256]] as const;
    for (const [EncryptionAlgorithm, oaepHash, most] of algorithms) {
      it(`with ${KeySpec} and ${EncryptionAlgorithm} takes ${most} bytes, here and offline`, async () => {
        const KeyId = (await kms.send(new CreateKeyCommand({ KeySpec, KeyUsage: 'ENCRYPT_DECRYPT' }))).KeyMetadata!.KeyId!;
        const key = Buffer.from((await kms.send(new GetPublicKeyCommand({ KeyId }))).PublicKey!);
        const Plaintext = Buffer.alloc(most, 7);
        const here = await kms.send(new EncryptCommand({ KeyId, EncryptionAlgorithm, Plaintext }));
        const offline = { key, format: 'der', type: 'spki', padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash } as const;
        const ciphertexts = [here.CiphertextBlob!, publicEncrypt(offline, Plaintext)];
        if (hasOpenssl) {
          const options = ['rsa_padding_mode:oaep', `rsa_oaep_md:${oaepHash}`, `rsa_mgf1_md:${oaepHash}`].flatMap((option) => ['-pkeyopt', option]);
          ciphertexts.push(openssl(['pkeyutl', '-encrypt', '-pubin', '-inkey', '@key', '-keyform', 'DER', ...options], { key }, Plaintext)!);
        }
        for (const CiphertextBlob of ciphertexts) {
          const opened = await kms.send(new DecryptCommand({ KeyId, EncryptionAlgorithm, CiphertextBlob }));
          assert.deepEqual(Buffer.from(opened.Plaintext!), Plaintext);
        }
        await assertRefused(
          kms.send(new EncryptCommand({ KeyId, EncryptionAlgorithm, Plaintext: Buffer.alloc(most + 1) })),
          'ValidationException',
          `Algorithm ${EncryptionAlgorithm} and key spec ${KeySpec} cannot encrypt data larger than ${most} bytes.`,
        );
      });
    }
  }

  it('refuses the ciphertext of the other algorithm, of another key, and of another length', async () => {
    const create = async (): Promise<string> =>
      (await kms.send(new CreateKeyCommand({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }))).KeyMetadata!.KeyId!;
    const [KeyId, other] = [await create(), await create()];
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, EncryptionAlgorithm: 'RSAES_OAEP_SHA_1', Plaintext: Buffer.from('m') }));
    const attempts = [
      { KeyId, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256', CiphertextBlob },
      { KeyId: other, EncryptionAlgorithm: 'RSAES_OAEP_SHA_1', CiphertextBlob },
      { KeyId, EncryptionAlgorithm: 'RSAES_OAEP_SHA_1', CiphertextBlob: CiphertextBlob!.slice(1) },
    ] as const;
    for (const attempt of attempts) await assertRefused(kms.send(new DecryptCommand(attempt)), 'InvalidCiphertextException', '');
  });
});
