import {
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DecapsulateCommand,
  DeriveSharedSecretCommand,
  DisableKeyCommand,
  EncapsulateCommand,
  GenerateDataKeyPairCommand,
  GenerateDataKeyPairWithoutPlaintextCommand,
  type KMSClient,
  ScheduleKeyDeletionCommand,
  SignCommand,
} from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../../emulatorProcess.ts';
import { assertRefused } from '../../support/refusal.ts';

const bytes = Buffer.alloc(768, 1);

describe('An operation on key pairs', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());

  const cases: readonly (readonly [name: string, key: CreateKeyCommandInput, send: (kms: KMSClient, KeyId: string) => Promise<unknown>])[] = [
    ['Sign', { KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' }, (client, KeyId) => client.send(new SignCommand({ KeyId, Message: bytes, SigningAlgorithm: 'ML_DSA_SHAKE_256' }))],
    ['Encapsulate', { KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' }, (client, KeyId) => client.send(new EncapsulateCommand({ KeyId, EncapsulationAlgorithm: 'ML_KEM' }))],
    ['Decapsulate', { KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' }, (client, KeyId) => client.send(new DecapsulateCommand({ KeyId, EncapsulationAlgorithm: 'ML_KEM', SharedSecretCiphertextBlob: bytes }))],
    ['DeriveSharedSecret', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' }, (client, KeyId) => client.send(new DeriveSharedSecretCommand({ KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey: bytes }))],
    ['GenerateDataKeyPair', {}, (client, KeyId) => client.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }))],
    ['GenerateDataKeyPairWithoutPlaintext', {}, (client, KeyId) => client.send(new GenerateDataKeyPairWithoutPlaintextCommand({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }))],
  ];
  for (const [name, input, send] of cases) {
    it(`refuses with ${name} a key that is disabled, and then one that is pending deletion`, async () => {
      const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
      const { KeyId = '', Arn = '' } = KeyMetadata!;
      await kms.send(new DisableKeyCommand({ KeyId }));
      await assertRefused(send(kms, KeyId), 'DisabledException', `${Arn} is disabled.`);
      await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
      await assertRefused(send(kms, KeyId), 'KMSInvalidStateException', `${Arn} is pending deletion.`);
    });
  }
});
