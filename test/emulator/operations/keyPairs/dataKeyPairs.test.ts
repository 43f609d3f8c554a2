import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, decapsulate, encapsulate, type KeyObject, sign, verify } from 'node:crypto';
import {
  CreateKeyCommand,
  DataKeyPairSpec,
  DecryptCommand,
  GenerateDataKeyPairCommand,
  GenerateDataKeyPairWithoutPlaintextCommand,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../../emulatorProcess.ts';
import { assertRefused } from '../../support/refusal.ts';
import { processes } from '../../support/runtimes.ts';

const read = (encoded: Uint8Array | undefined): { readonly key: Buffer; readonly format: 'der' } => ({ key: Buffer.from(encoded!), format: 'der' });

/** Whether the private key undoes what the public key does, or the other way round. */
function belongTogether(privateKey: KeyObject, publicKey: KeyObject): boolean {
  if (privateKey.asymmetricKeyType?.startsWith('ml-kem') === true) {
    const { ciphertext, sharedKey } = encapsulate(publicKey);
    return decapsulate(privateKey, ciphertext).equals(sharedKey);
  }
  const algorithm = privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  const message = Buffer.from('a message');
  return verify(algorithm, message, publicKey, sign(algorithm, message, privateKey));
}

const EncryptionContext = { purpose: 'test' };

for (const [where, preload] of processes) {
  describe(`A data key pair made ${where}`, () => {
    let emulator: EmulatorProcess;
    let kms: KMSClient;
    let KeyId: string;
    let keyArn: string;
    before(async () => {
      emulator = await startEmulator(preload === undefined ? {} : { preload });
      kms = emulator.client();
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
      KeyId = KeyMetadata!.KeyId!;
      keyArn = KeyMetadata!.Arn!;
    });
    after(() => emulator.stop());

    for (const KeyPairSpec of Object.values(DataKeyPairSpec).filter((spec) => spec !== 'SM2')) {
      it(`for ${KeyPairSpec} is whole, and its private key is what its ciphertext holds`, async () => {
        const pair = await kms.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec, EncryptionContext }));
        assert.equal(pair.KeyPairSpec, KeyPairSpec);
        assert.equal(pair.KeyId, keyArn);
        assert.match(pair.KeyMaterialId!, /^[0-9a-f]{64}$/);
        const privateKey = createPrivateKey({ ...read(pair.PrivateKeyPlaintext), type: 'pkcs8' });
        assert.ok(belongTogether(privateKey, createPublicKey({ ...read(pair.PublicKey), type: 'spki' })));
        const opened = await kms.send(new DecryptCommand({ CiphertextBlob: pair.PrivateKeyCiphertextBlob, EncryptionContext }));
        assert.deepEqual(opened.Plaintext, pair.PrivateKeyPlaintext);
        await assertRefused(kms.send(new DecryptCommand({ CiphertextBlob: pair.PrivateKeyCiphertextBlob })), 'InvalidCiphertextException', '');
        if (!KeyPairSpec.startsWith('RSA')) {
          assert.notDeepEqual((await kms.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec }))).PublicKey, pair.PublicKey);
        }
      });

      it(`for ${KeyPairSpec} without plaintext has its private key in its ciphertext alone`, async () => {
        const pair = await kms.send(new GenerateDataKeyPairWithoutPlaintextCommand({ KeyId, KeyPairSpec, EncryptionContext }));
        assert.ok(!('PrivateKeyPlaintext' in pair));
        const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: pair.PrivateKeyCiphertextBlob, EncryptionContext }));
        const privateKey = createPrivateKey({ ...read(Plaintext), type: 'pkcs8' });
        assert.ok(belongTogether(privateKey, createPublicKey({ ...read(pair.PublicKey), type: 'spki' })));
      });
    }
  });
}

describe('A request for a data key pair', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());

  const ask = async (change: { KeySpec?: 'RSA_2048'; KeyPairSpec?: DataKeyPairSpec; DryRun?: boolean }): Promise<unknown> => {
    const { KeySpec, KeyPairSpec = 'ECC_NIST_P256', DryRun } = change;
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec, KeyUsage: 'ENCRYPT_DECRYPT' }));
    return kms.send(new GenerateDataKeyPairCommand({ KeyId: KeyMetadata!.KeyId!, KeyPairSpec, DryRun }));
  };

  it('under an asymmetric key is refused', () =>
    assertRefused(ask({ KeySpec: 'RSA_2048' }), 'InvalidKeyUsageException', 'You cannot generate a data key with an asymmetric CMK'));

  it('of SM2 outside the China Regions is refused', () =>
    assertRefused(ask({ KeyPairSpec: 'SM2' }), 'UnsupportedOperationException', 'KeyPairSpec SM2 is not supported in this Region'));

  it('in a dry run makes nothing', () =>
    assertRefused(ask({ KeyPairSpec: 'RSA_4096', DryRun: true }), 'DryRunOperationException', /^The request would have succeeded/));

  it('does not hold up the calls after it while it looks for primes', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata!.KeyId!;
    const slow = Array.from({ length: 2 }, () => kms.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: 'RSA_4096' })));
    let ended = false;
    void Promise.all(slow).then(() => (ended = true));
    await kms.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }));
    assert.ok(!ended);
    await Promise.all(slow);
  });
});
