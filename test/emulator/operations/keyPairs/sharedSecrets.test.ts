import assert from 'node:assert/strict';
import { createPublicKey, diffieHellman, encapsulate, generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DecapsulateCommand,
  DeriveSharedSecretCommand,
  EncapsulateCommand,
  GetPublicKeyCommand,
  type KeySpec,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../../emulatorProcess.ts';
import { assertRefused } from '../../support/refusal.ts';
import { processes } from '../../support/runtimes.ts';

const spki = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });

interface Created {
  readonly id: string;
  readonly arn: string;
  readonly publicKey: KeyObject;
}

async function create(kms: KMSClient, input: CreateKeyCommandInput): Promise<Created> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: KeyMetadata!.KeyId! }));
  return {
    id: KeyMetadata!.KeyId!,
    arn: KeyMetadata!.Arn!,
    publicKey: createPublicKey({ key: Buffer.from(PublicKey!), format: 'der', type: 'spki' }),
  };
}

const curves: readonly (readonly [KeySpec, string])[] = [
  ['ECC_NIST_P256', 'prime256v1'],
  ['ECC_NIST_P384', 'secp384r1'],
  ['ECC_NIST_P521', 'secp521r1'],
];
const encapsulations: readonly (readonly [KeySpec, number])[] = [
  ['ML_KEM_512', 768],
  ['ML_KEM_768', 1088],
  ['ML_KEM_1024', 1568],
];

describe('DeriveSharedSecret', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());

  const derive = (KeyId: string, PublicKey: Uint8Array, DryRun?: boolean) =>
    kms.send(new DeriveSharedSecretCommand({ KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey, DryRun }));

  for (const [KeySpec, namedCurve] of curves) {
    it(`gives for ${KeySpec} the secret that Node gives, and both sides the same`, async () => {
      const key = await create(kms, { KeySpec, KeyUsage: 'KEY_AGREEMENT' });
      const peer = generateKeyPairSync('ec', { namedCurve });
      const answer = await derive(key.id, spki(peer.publicKey));
      assert.deepEqual(Buffer.from(answer.SharedSecret!), diffieHellman({ privateKey: peer.privateKey, publicKey: key.publicKey }));
      assert.deepEqual([answer.KeyId, answer.KeyAgreementAlgorithm, answer.KeyOrigin], [key.arn, 'ECDH', 'AWS_KMS']);
      const other = await create(kms, { KeySpec, KeyUsage: 'KEY_AGREEMENT' });
      const [one, two] = await Promise.all([derive(key.id, spki(other.publicKey)), derive(other.id, spki(key.publicKey))]);
      assert.deepEqual(one.SharedSecret, two.SharedSecret);
    });

    it(`refuses for ${KeySpec} a key of another curve, one with explicit parameters, and what is no key`, async () => {
      const key = await create(kms, { KeySpec, KeyUsage: 'KEY_AGREEMENT' });
      const others = curves.filter(([spec]) => spec !== KeySpec).map(([, name]) => generateKeyPairSync('ec', { namedCurve: name }).publicKey);
      const explicit = generateKeyPairSync('ec', { namedCurve, paramEncoding: 'explicit' }).publicKey;
      for (const wrong of [...[...others, explicit].map(spki), Buffer.from('no key')]) {
        await assertRefused(derive(key.id, wrong), 'ValidationException', `The public key is not a valid DER-encoded public key of key spec ${KeySpec}.`);
      }
    });
  }

  it('derives nothing in a dry run', async () => {
    const key = await create(kms, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' });
    await assertRefused(derive(key.id, spki(key.publicKey), true), 'DryRunOperationException', /^The request would have succeeded/);
  });

  for (const [KeySpec, KeyUsage] of [[undefined, 'ENCRYPT_DECRYPT'], ['ECC_NIST_P256', 'SIGN_VERIFY']] as const) {
    it(`refuses a key of usage ${KeyUsage} in the words of AWS`, async () => {
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec, KeyUsage }));
      const peer = spki(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey);
      await assertRefused(
        derive(KeyMetadata!.KeyId!, peer),
        'InvalidKeyUsageException',
        `${KeyMetadata!.Arn!} key usage is ${KeyUsage} which is not valid for DeriveSharedSecret.`,
      );
    });
  }

  it('refuses an unknown algorithm, and RSA keys for it, in the words of AWS', async () => {
    const key = await create(kms, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' });
    const input = { KeyId: key.id, KeyAgreementAlgorithm: 'INVALID' as 'ECDH', PublicKey: spki(key.publicKey) };
    await assertRefused(
      kms.send(new DeriveSharedSecretCommand(input)),
      'ValidationException',
      "1 validation error detected: Value 'INVALID' at 'keyAgreementAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [ECDH]",
    );
    await assertRefused(
      kms.send(new CreateKeyCommand({ KeySpec: 'RSA_2048', KeyUsage: 'KEY_AGREEMENT' })),
      'ValidationException',
      'KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048',
    );
  });
});

for (const [where, preload] of processes) {
  describe(`Encapsulation ${where}`, () => {
    let emulator: EmulatorProcess;
    let kms: KMSClient;
    before(async () => {
      emulator = await startEmulator(preload === undefined ? {} : { preload });
      kms = emulator.client();
    });
    after(() => emulator.stop());

    const open = async (KeyId: string, SharedSecretCiphertextBlob: Uint8Array): Promise<Buffer> => {
      const input = { KeyId, EncapsulationAlgorithm: 'ML_KEM', SharedSecretCiphertextBlob } as const;
      return Buffer.from((await kms.send(new DecapsulateCommand(input))).SharedSecret!);
    };

    for (const [KeySpec, ciphertextLength] of encapsulations) {
      it(`with ${KeySpec} shares a secret with itself and with Node`, async () => {
        const key = await create(kms, { KeySpec, KeyUsage: 'ENCAPSULATE_DECAPSULATE' });
        const made = await kms.send(new EncapsulateCommand({ KeyId: key.id, EncapsulationAlgorithm: 'ML_KEM' }));
        assert.deepEqual([made.KeyId, made.EncapsulationAlgorithm, made.SharedSecret!.length], [key.arn, 'ML_KEM', 32]);
        assert.equal(made.SharedSecretCiphertextBlob!.length, ciphertextLength);
        assert.deepEqual(await open(key.id, made.SharedSecretCiphertextBlob!), Buffer.from(made.SharedSecret!));
        const offline = encapsulate(key.publicKey);
        assert.deepEqual(await open(key.id, offline.ciphertext), offline.sharedKey);
      });

      it(`with ${KeySpec} gives another secret for a damaged ciphertext, and refuses one of another length`, async () => {
        const key = await create(kms, { KeySpec, KeyUsage: 'ENCAPSULATE_DECAPSULATE' });
        const { ciphertext, sharedKey } = encapsulate(key.publicKey);
        const damaged = ciphertext.map((byte, index) => (index === 5 ? byte ^ 1 : byte));
        const secret = await open(key.id, damaged);
        assert.equal(secret.length, 32);
        assert.ok(!secret.equals(sharedKey));
        assert.deepEqual(await open(key.id, damaged), secret);
        await assertRefused(open(key.id, ciphertext.subarray(1)), 'InvalidCiphertextException', '');
      });
    }

    it('refuses keys of another usage, and does nothing in a dry run', async () => {
      const signer = await create(kms, { KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' });
      const key = await create(kms, { KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' });
      const ask = (KeyId: string, DryRun?: boolean): Promise<unknown> => kms.send(new EncapsulateCommand({ KeyId, EncapsulationAlgorithm: 'ML_KEM', DryRun }));
      const text = `${signer.arn} key usage is SIGN_VERIFY which is not valid for Encapsulate.`;
      await assertRefused(ask(signer.id), 'InvalidKeyUsageException', text);
      await assertRefused(ask(key.id, true), 'DryRunOperationException', /^The request would have succeeded/);
    });
  });
}
