import assert from 'node:assert/strict';
import {
  CreateKeyCommand,
  DecryptCommand,
  DeriveSharedSecretCommand,
  EncryptCommand,
  GenerateDataKeyPairCommand,
  GetPublicKeyCommand,
  type KeyUsageType,
  type KMSClient,
  SignCommand,
  VerifyCommand,
} from '@aws-sdk/client-kms';
import { sm2Digest } from '../../../../src/emulator/crypto/asymmetric/sm2.ts';
import { readPublicKey } from '../../../../src/emulator/crypto/encoding/publicKeyInfo.ts';
import { type EmulatorProcess, startEmulator } from '../../emulatorProcess.ts';
import { hasOpenssl, openssl } from '../../support/openssl.ts';
import { assertRefused } from '../../support/refusal.ts';

describe('SM2 in the China Regions', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client('cn-north-1');
  });
  after(() => emulator.stop());

  const create = async (KeyUsage: KeyUsageType): Promise<{ readonly KeyId: string; readonly publicKey: Buffer }> => {
    const KeyId = (await kms.send(new CreateKeyCommand({ KeySpec: 'SM2', KeyUsage }))).KeyMetadata!.KeyId!;
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
    return { KeyId, publicKey: Buffer.from(PublicKey!) };
  };
  const message = Buffer.from('a message');

  it('signs messages and their digests', async () => {
    const { KeyId, publicKey } = await create('SIGN_VERIFY');
    const digest = sm2Digest({ scalar: Buffer.alloc(0), point: readPublicKey('SM2', publicKey)! }, message);
    const forms = [['RAW', message], ['DIGEST', digest]] as const;
    for (const [MessageType, Message] of forms) {
      const { Signature } = await kms.send(new SignCommand({ KeyId, Message, MessageType, SigningAlgorithm: 'SM2DSA' }));
      for (const [type, bytes] of forms) {
        const input = { KeyId, SigningAlgorithm: 'SM2DSA', Signature, MessageType: type, Message: bytes } as const;
        assert.equal((await kms.send(new VerifyCommand(input))).SignatureValid, true);
        const other = { ...input, Message: bytes.map((byte) => byte ^ 1) };
        await assertRefused(kms.send(new VerifyCommand(other)), 'KMSInvalidSignatureException', '');
      }
      if (hasOpenssl) {
        const args = ['pkeyutl', '-verify', '-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678', '-pubin', '-inkey', '@key', '-keyform', 'DER'];
        assert.ok(openssl([...args, '-in', '@message', '-sigfile', '@signature'], { key: publicKey, message, signature: Signature! }));
      }
    }
    const wrong = { KeyId, Message: Buffer.alloc(31), MessageType: 'DIGEST', SigningAlgorithm: 'SM2DSA' } as const;
    await assertRefused(kms.send(new SignCommand(wrong)), 'ValidationException', 'Digest is invalid length for algorithm SM2DSA.');
  });

  it('encrypts up to 1024 bytes, and decrypts what openssl encrypts', async () => {
    const { KeyId, publicKey } = await create('ENCRYPT_DECRYPT');
    const algorithm = { KeyId, EncryptionAlgorithm: 'SM2PKE' } as const;
    const Plaintext = Buffer.alloc(1024, 7);
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ ...algorithm, Plaintext }));
    assert.deepEqual(Buffer.from((await kms.send(new DecryptCommand({ ...algorithm, CiphertextBlob }))).Plaintext!), Plaintext);
    await assertRefused(
      kms.send(new EncryptCommand({ ...algorithm, Plaintext: Buffer.alloc(1025) })),
      'ValidationException',
      'Algorithm SM2PKE and key spec SM2 cannot encrypt data larger than 1024 bytes.',
    );
    const damaged = CiphertextBlob!.map((byte, index) => (index === 1000 ? byte ^ 1 : byte));
    await assertRefused(kms.send(new DecryptCommand({ ...algorithm, CiphertextBlob: damaged })), 'InvalidCiphertextException', '');
    if (!hasOpenssl) return;
    const offline = openssl(['pkeyutl', '-encrypt', '-pubin', '-inkey', '@key', '-keyform', 'DER'], { key: publicKey }, message);
    assert.deepEqual(Buffer.from((await kms.send(new DecryptCommand({ ...algorithm, CiphertextBlob: offline }))).Plaintext!), message);
  });

  it('agrees with another key', async () => {
    const [a, b] = [await create('KEY_AGREEMENT'), await create('KEY_AGREEMENT')];
    const derive = async (KeyId: string, PublicKey: Uint8Array): Promise<Uint8Array> =>
      (await kms.send(new DeriveSharedSecretCommand({ KeyId, PublicKey, KeyAgreementAlgorithm: 'ECDH' }))).SharedSecret!;
    const secret = await derive(a.KeyId, b.publicKey);
    assert.equal(secret.length, 32);
    assert.deepEqual(await derive(b.KeyId, a.publicKey), secret);
  });

  it('has data key pairs', async () => {
    const KeyId = (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.KeyId!;
    const pair = await kms.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: 'SM2' }));
    assert.equal(pair.PublicKey!.length, 91);
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: pair.PrivateKeyCiphertextBlob }));
    assert.deepEqual(opened.Plaintext, pair.PrivateKeyPlaintext);
    if (!hasOpenssl) return;
    const publicKey = openssl(['pkey', '-inform', 'DER', '-pubout', '-outform', 'DER'], {}, pair.PrivateKeyPlaintext);
    assert.deepEqual(publicKey, Buffer.from(pair.PublicKey!));
  });

  it('is not there in the other Regions', async () => {
    const elsewhere = emulator.client('eu-west-1');
    await assertRefused(
      elsewhere.send(new CreateKeyCommand({ KeySpec: 'SM2', KeyUsage: 'SIGN_VERIFY' })),
      'UnsupportedOperationException',
      'KeySpec SM2 is not supported in this Region',
    );
  });
});
