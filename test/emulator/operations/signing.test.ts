import assert from 'node:assert/strict';
import { constants, createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import {
  CreateKeyCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  type KeySpec,
  type KMSClient,
  SignCommand,
  type SigningAlgorithmSpec,
  VerifyCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { assertRefused } from '../support/refusal.ts';

const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING, RSA_PSS_SALTLEN_DIGEST } = constants;

/** A verification that shares nothing with the emulator: Node's own, over the whole message. */
function verifiesOffline(key: KeyObject, algorithm: SigningAlgorithmSpec, message: Buffer, signature: Uint8Array): boolean {
  const digest = `sha${algorithm.slice(-3)}`;
  if (algorithm.startsWith('ECDSA')) return verify(digest, message, key, signature);
  const padding = algorithm.startsWith('RSASSA_PSS') ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
  const options = padding === RSA_PKCS1_PADDING ? { key, padding } : { key, padding, saltLength: RSA_PSS_SALTLEN_DIGEST };
  return verify(digest, message, options, signature);
}

describe('Signing', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());

  const specs: readonly KeySpec[] = ['RSA_2048', 'RSA_3072', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1'];
  for (const spec of specs) {
    it(`verifies offline for ${spec}, from the message and from its digest, and here`, async () => {
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: spec, KeyUsage: 'SIGN_VERIFY' }));
      const KeyId = KeyMetadata!.KeyId!;
      const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
      const publicKey = createPublicKey({ key: Buffer.from(PublicKey!), format: 'der', type: 'spki' });
      const message = Buffer.from('a message to sign');
      for (const SigningAlgorithm of KeyMetadata!.SigningAlgorithms!) {
        const digest = hash(`sha${SigningAlgorithm.slice(-3)}`, message, 'buffer');
        for (const [MessageType, Message] of [['RAW', message], ['DIGEST', digest]] as const) {
          const { Signature } = await kms.send(new SignCommand({ KeyId, Message, MessageType, SigningAlgorithm }));
          assert.ok(verifiesOffline(publicKey, SigningAlgorithm, message, Signature!), `${SigningAlgorithm} ${MessageType}`);
          const other = MessageType === 'RAW' ? { MessageType: 'DIGEST', Message: digest } as const : { MessageType: 'RAW', Message: message } as const;
          const verdict = await kms.send(new VerifyCommand({ KeyId, SigningAlgorithm, Signature, ...other }));
          assert.equal(verdict.SignatureValid, true);
          const damaged = Uint8Array.from(Signature!, (byte, index) => (index === 40 ? byte ^ 1 : byte));
          await assertRefused(
            kms.send(new VerifyCommand({ KeyId, SigningAlgorithm, Signature: damaged, ...other })),
            'KMSInvalidSignatureException',
            '',
          );
        }
      }
    });
  }

  it('makes a MAC that verifies, and refuses another', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'HMAC_384', KeyUsage: 'GENERATE_VERIFY_MAC' }));
    const input = { KeyId: KeyMetadata!.KeyId!, Message: Buffer.from('m'), MacAlgorithm: 'HMAC_SHA_384' } as const;
    const { Mac } = await kms.send(new GenerateMacCommand(input));
    assert.equal(Mac!.length, 48);
    assert.equal((await kms.send(new VerifyMacCommand({ ...input, Mac }))).MacValid, true);
    await assertRefused(kms.send(new VerifyMacCommand({ ...input, Mac: Mac!.slice(1) })), 'KMSInvalidMacException', '');
  });
});
