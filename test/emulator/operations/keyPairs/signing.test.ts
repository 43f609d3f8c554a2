import assert from 'node:assert/strict';
import { constants, createHash, createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import {
  CreateKeyCommand,
  GetPublicKeyCommand,
  type KeySpec,
  type KMSClient,
  type MessageType,
  SignCommand,
  type SigningAlgorithmSpec,
  VerifyCommand,
} from '@aws-sdk/client-kms';
import { ed25519ph } from '@noble/curves/ed25519.js';
import { type EmulatorProcess, startEmulator } from '../../emulatorProcess.ts';
import { assertRefused } from '../../support/refusal.ts';
import { processes } from '../../support/runtimes.ts';

const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING, RSA_PSS_SALTLEN_DIGEST } = constants;

const message = Buffer.from('a message to sign');

/** A verification that shares nothing with the emulator, over the whole message: Node's own wherever it can. */
function verifiesOffline(key: KeyObject, algorithm: SigningAlgorithmSpec, signature: Uint8Array): boolean {
  const digest = `sha${algorithm.slice(-3)}`;
  if (algorithm === 'ED25519_PH_SHA_512') return ed25519ph.verify(signature, message, rawKeyOf(key));
  if (algorithm === 'ED25519_SHA_512' || algorithm === 'ML_DSA_SHAKE_256') return verify(null, message, key, signature);
  if (algorithm.startsWith('ECDSA')) return verify(digest, message, key, signature);
  const padding = algorithm.startsWith('RSASSA_PSS') ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
  const options = padding === RSA_PKCS1_PADDING ? { key, padding } : { key, padding, saltLength: RSA_PSS_SALTLEN_DIGEST };
  return verify(digest, message, options, signature);
}

/** The public key of Ed25519 or ML-DSA in its own form. */
function rawKeyOf(key: KeyObject): Uint8Array {
  const { x, pub } = key.export({ format: 'jwk' });
  return new Uint8Array(Buffer.from(String(x ?? pub), 'base64url'));
}

const shake256 = (...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((state, part) => state.update(part), createHash('shake256', { outputLength: 64 })).digest();

/** What an algorithm signs of the message, for each type that it takes. */
function formsOf(algorithm: SigningAlgorithmSpec, key: KeyObject): (readonly [MessageType, Buffer])[] {
  const digest = (): Buffer => hash(`sha${algorithm.slice(-3)}`, message, 'buffer');
  switch (algorithm) {
    case 'ED25519_SHA_512':
      return [['RAW', message]];
    case 'ED25519_PH_SHA_512':
      return [['DIGEST', digest()]];
    case 'ML_DSA_SHAKE_256':
      return [['RAW', message], ['EXTERNAL_MU', shake256(shake256(rawKeyOf(key)), Buffer.from([0, 0]), message)]];
    default:
      return [['RAW', message], ['DIGEST', digest()]];
  }
}

const specs: readonly KeySpec[] = [
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_SECG_P256K1',
  'ECC_NIST_EDWARDS25519',
  'ML_DSA_44',
  'ML_DSA_65',
  'ML_DSA_87',
];

for (const [where, preload] of processes) {
  describe(`Signing ${where}`, () => {
    let emulator: EmulatorProcess;
    let kms: KMSClient;
    before(async () => {
      emulator = await startEmulator(preload === undefined ? {} : { preload });
      kms = emulator.client();
    });
    after(() => emulator.stop());

    for (const spec of specs) {
      it(`verifies offline and here for ${spec}, with each algorithm and type of message`, async () => {
        const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: spec, KeyUsage: 'SIGN_VERIFY' }));
        const KeyId = KeyMetadata!.Arn!;
        const { PublicKey, SigningAlgorithms } = await kms.send(new GetPublicKeyCommand({ KeyId }));
        assert.deepEqual(SigningAlgorithms, KeyMetadata!.SigningAlgorithms);
        const publicKey = createPublicKey({ key: Buffer.from(PublicKey!), format: 'der', type: 'spki' });
        for (const SigningAlgorithm of SigningAlgorithms!) {
          const forms = formsOf(SigningAlgorithm, publicKey);
          for (const [MessageType, Message] of forms) {
            const signed = await kms.send(new SignCommand({ KeyId, Message, MessageType, SigningAlgorithm }));
            const { Signature } = signed;
            assert.deepEqual([signed.KeyId, signed.SigningAlgorithm], [KeyId, SigningAlgorithm]);
            assert.ok(verifiesOffline(publicKey, SigningAlgorithm, Signature!), `${SigningAlgorithm} ${MessageType}`);
            const damaged = Uint8Array.from(Signature!, (byte, index) => (index === 40 ? byte ^ 1 : byte));
            for (const [type, bytes] of forms) {
              const input = { KeyId, SigningAlgorithm, MessageType: type, Message: bytes };
              assert.equal((await kms.send(new VerifyCommand({ ...input, Signature }))).SignatureValid, true);
              await assertRefused(kms.send(new VerifyCommand({ ...input, Signature: damaged })), 'KMSInvalidSignatureException', '');
            }
          }
        }
      });
    }
  });
}

describe('A request to sign', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());

  const long = Buffer.alloc(65, 1);
  const digestOf32 = Buffer.alloc(32, 1);
  const type = (name: MessageType, blamed: string): string => `Message type ${name} is incompatible with ${blamed}.`;
  const length = (algorithm: string): string => `Digest is invalid length for algorithm ${algorithm}.`;
  const incompatible = (algorithm: string, spec: string): string => `Algorithm ${algorithm} is incompatible with key spec ${spec}.`;
  const refused: readonly (readonly [KeySpec, SigningAlgorithmSpec, MessageType, Uint8Array, code: string, text: string])[] = [
    ['ECC_NIST_EDWARDS25519', 'ED25519_PH_SHA_512', 'RAW', message, 'ValidationException', type('RAW', 'algorithm ED25519_PH_SHA_512')],
    ['ECC_NIST_EDWARDS25519', 'ED25519_SHA_512', 'DIGEST', Buffer.alloc(64), 'ValidationException', type('DIGEST', 'algorithm ED25519_SHA_512')],
    ['ECC_NIST_EDWARDS25519', 'ED25519_PH_SHA_512', 'DIGEST', digestOf32, 'ValidationException', length('ED25519_PH_SHA_512')],
    ['ECC_NIST_EDWARDS25519', 'ECDSA_SHA_256', 'RAW', message, 'InvalidKeyUsageException', incompatible('ECDSA_SHA_256', 'ECC_NIST_EDWARDS25519')],
    ['ML_DSA_44', 'ML_DSA_SHAKE_256', 'DIGEST', digestOf32, 'ValidationException', type('DIGEST', 'key spec ML_DSA_44')],
    ['ML_DSA_87', 'ML_DSA_SHAKE_256', 'EXTERNAL_MU', long, 'ValidationException', length('ML_DSA_SHAKE_256')],
    ['ECC_NIST_P256', 'ECDSA_SHA_256', 'EXTERNAL_MU', long, 'ValidationException', type('EXTERNAL_MU', 'key spec ECC_NIST_P256')],
    ['ECC_NIST_P256', 'ECDSA_SHA_256', 'DIGEST', long, 'ValidationException', length('ECDSA_SHA_256')],
    ['ECC_NIST_P384', 'ECDSA_SHA_384', 'DIGEST', digestOf32, 'ValidationException', length('ECDSA_SHA_384')],
    ['ECC_NIST_P256', 'ECDSA_SHA_384', 'DIGEST', digestOf32, 'InvalidKeyUsageException', incompatible('ECDSA_SHA_384', 'ECC_NIST_P256')],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', 'DIGEST', long, 'ValidationException', length('RSASSA_PKCS1_V1_5_SHA_256')],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_512', 'DIGEST', digestOf32, 'ValidationException', length('RSASSA_PKCS1_V1_5_SHA_512')],
    ['RSA_2048', 'RSASSA_PSS_SHA_256', 'DIGEST', long, 'ValidationException', length('RSASSA_PSS_SHA_256')],
    ['RSA_2048', 'RSASSA_PSS_SHA_384', 'DIGEST', digestOf32, 'ValidationException', length('RSASSA_PSS_SHA_384')],
    ['RSA_2048', 'RSASSA_PSS_SHA_512', 'DIGEST', digestOf32, 'ValidationException', length('RSASSA_PSS_SHA_512')],
    ['RSA_2048', 'SM2DSA', 'RAW', message, 'InvalidKeyUsageException', incompatible('SM2DSA', 'RSA_2048')],
  ];
  for (const [KeySpec, SigningAlgorithm, MessageType, Message, code, text] of refused) {
    it(`of ${MessageType} with ${SigningAlgorithm} and ${KeySpec} is refused in the words of AWS: ${text}`, async () => {
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec, KeyUsage: 'SIGN_VERIFY' }));
      const input = { KeyId: KeyMetadata!.KeyId!, Message, MessageType, SigningAlgorithm };
      await assertRefused(kms.send(new SignCommand(input)), code, text);
      await assertRefused(kms.send(new VerifyCommand({ ...input, Signature: Buffer.alloc(64) })), code, text);
    });
  }

  it('in a dry run signs nothing', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' }));
    const input = { KeyId: KeyMetadata!.KeyId!, Message: message, SigningAlgorithm: 'ML_DSA_SHAKE_256', DryRun: true } as const;
    await assertRefused(kms.send(new SignCommand(input)), 'DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');
  });
});
