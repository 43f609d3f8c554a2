import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import {
  CreateKeyCommand,
  DecryptCommand,
  DeriveSharedSecretCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyPairCommand,
  GenerateRandomCommand,
  GetPublicKeyCommand,
  type KMSClient,
  type RecipientInfo,
} from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../../emulatorProcess.ts';
import { attestationDocument, makeEnclave, openEnvelope } from '../../support/attestation.ts';
import { assertRefused } from '../../support/refusal.ts';

describe('An answer for a recipient', () => {
  const enclave = makeEnclave();
  const document = attestationDocument(enclave);
  const Recipient: RecipientInfo = { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256', AttestationDocument: document };
  const open = (envelope: Uint8Array | undefined): Buffer => openEnvelope(enclave.privateKey, envelope!);
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  let KeyId: string;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
    KeyId = (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.KeyId!;
  });
  after(() => emulator.stop());

  it('of Decrypt holds the plaintext for the enclave alone', async () => {
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('a secret') }));
    const answer = await kms.send(new DecryptCommand({ CiphertextBlob, Recipient }));
    assert.equal(answer.Plaintext, undefined);
    assert.equal(open(answer.CiphertextForRecipient).toString(), 'a secret');
  });

  it('of Decrypt with an RSA key does so too', async () => {
    const rsa = await kms.send(new CreateKeyCommand({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }));
    const input = { KeyId: rsa.KeyMetadata!.KeyId!, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' } as const;
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ ...input, Plaintext: Buffer.from('a secret') }));
    const answer = await kms.send(new DecryptCommand({ ...input, CiphertextBlob, Recipient }));
    assert.equal(answer.Plaintext, undefined);
    assert.equal(open(answer.CiphertextForRecipient).toString(), 'a secret');
  });

  it('of GenerateDataKey holds the data key that the ciphertext holds', async () => {
    const answer = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', Recipient }));
    assert.equal(answer.Plaintext, undefined);
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: answer.CiphertextBlob }));
    assert.deepEqual(open(answer.CiphertextForRecipient), Buffer.from(Plaintext!));
  });

  it('of GenerateDataKeyPair holds the private key', async () => {
    const answer = await kms.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: 'RSA_2048', Recipient }));
    assert.equal(answer.PrivateKeyPlaintext, undefined);
    const privateKey = createPrivateKey({ key: open(answer.CiphertextForRecipient), format: 'der', type: 'pkcs8' });
    assert.deepEqual(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }), Buffer.from(answer.PublicKey!));
  });

  it('of GenerateRandom holds as many bytes as asked for', async () => {
    const answer = await kms.send(new GenerateRandomCommand({ NumberOfBytes: 77, Recipient }));
    assert.equal(answer.Plaintext, undefined);
    assert.equal(open(answer.CiphertextForRecipient).length, 77);
  });

  it('of DeriveSharedSecret holds the secret', async () => {
    const key = await kms.send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P384', KeyUsage: 'KEY_AGREEMENT' }));
    const id = key.KeyMetadata!.KeyId!;
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: id }));
    const peer = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
    const input = { KeyId: id, KeyAgreementAlgorithm: 'ECDH', PublicKey: peer.publicKey.export({ format: 'der', type: 'spki' }) } as const;
    const answer = await kms.send(new DeriveSharedSecretCommand({ ...input, Recipient }));
    assert.equal(answer.SharedSecret, undefined);
    const publicKey = createPublicKey({ key: Buffer.from(PublicKey!), format: 'der', type: 'spki' });
    assert.deepEqual(open(answer.CiphertextForRecipient), diffieHellman({ privateKey: peer.privateKey, publicKey }));
  });

  const damaged = document.map((byte, index) => (index === document.length - 1 ? byte ^ 1 : byte));
  const refused: readonly (readonly [name: string, RecipientInfo, text: string | RegExp])[] = [
    ['a changed signature', { ...Recipient, AttestationDocument: damaged }, 'The signature of the attestation document is not valid.'],
    ['something else for a document', { ...Recipient, AttestationDocument: Buffer.from('no document') }, 'The attestation document is malformed.'],
    ['no document', { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256' }, /Value null at 'recipient\.attestationDocument'/],
    ['no algorithm', { AttestationDocument: document }, /Value null at 'recipient\.keyEncryptionAlgorithm'/],
  ];
  for (const [name, wrong, text] of refused) {
    it(`is refused with ${name}`, async () => {
      await assertRefused(kms.send(new GenerateRandomCommand({ NumberOfBytes: 1, Recipient: wrong })), 'ValidationException', text);
      await assertRefused(kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_128', Recipient: wrong })), 'ValidationException', text);
    });
  }

  it('is for the enclave that the key policy asks for', async () => {
    const needs = async (PCR0: string): Promise<string> => {
      const root = 'arn:aws:iam::111122223333:root';
      const Statement = [
        { Effect: 'Allow', Principal: { AWS: root }, NotAction: 'kms:GenerateDataKey', Resource: '*' },
        { Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:GenerateDataKey', Resource: '*', Condition: { StringEqualsIgnoreCase: { 'kms:RecipientAttestation:PCR0': PCR0 } } },
      ];
      return (await kms.send(new CreateKeyCommand({ Policy: JSON.stringify({ Statement }) }))).KeyMetadata!.KeyId!;
    };
    const [own, foreign] = await Promise.all([needs('01'.repeat(48)), needs('02'.repeat(48))]);
    await kms.send(new GenerateDataKeyCommand({ KeyId: own, KeySpec: 'AES_256', Recipient }));
    await assertRefused(kms.send(new GenerateDataKeyCommand({ KeyId: own, KeySpec: 'AES_256' })), 'AccessDeniedException', /kms:GenerateDataKey/);
    await assertRefused(kms.send(new GenerateDataKeyCommand({ KeyId: foreign, KeySpec: 'AES_256', Recipient })), 'AccessDeniedException', /kms:GenerateDataKey/);
  });
});
