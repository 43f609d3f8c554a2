import assert from 'node:assert/strict';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DecapsulateCommand,
  DecryptCommand,
  DeriveSharedSecretCommand,
  DescribeKeyCommand,
  EncapsulateCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyPairCommand,
  GenerateDataKeyPairWithoutPlaintextCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateMacCommand,
  GetKeyLastUsageCommand,
  GetPublicKeyCommand,
  type KeyLastUsageData,
  type KMSClient,
  ListResourceTagsCommand,
  ReEncryptCommand,
  SignCommand,
  VerifyCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../emulatorProcess.ts';
import { passDays } from '../support/clock.ts';
import { withDataFolder } from '../support/dataFolder.ts';
import { administer } from '../support/rawRequest.ts';
import { withSeed } from '../support/seedFile.ts';

const Plaintext = Buffer.from('text');
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const multiRegionId = 'mrk-1234abcd12ab34cd56ef1234567890ab';

async function usageOf(kms: KMSClient, KeyId: string): Promise<KeyLastUsageData> {
  return (await kms.send(new GetKeyLastUsageCommand({ KeyId }))).KeyLastUsage!;
}

const mlKem: CreateKeyCommandInput = { KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' };

async function create(kms: KMSClient, input: CreateKeyCommandInput = {}): Promise<string> {
  return (await kms.send(new CreateKeyCommand(input))).KeyMetadata!.Arn!;
}

describe('The last use of a key', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  let macKey: string;
  let signingKey: string;
  before(async () => {
    const keys = [{ id: multiRegionId, spec: 'SYMMETRIC_DEFAULT', replicas: ['eu-west-1'] }];
    emulator = await withSeed({ keys }, (seed) => startEmulator({ seed }));
    kms = emulator.client();
    macKey = (await kms.send(new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }))).KeyMetadata!.KeyId!;
    signingKey = (await kms.send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }))).KeyMetadata!.KeyId!;
  });
  after(() => emulator.stop());

  const encrypt = async (KeyId: string): Promise<Uint8Array> => (await kms.send(new EncryptCommand({ KeyId, Plaintext }))).CiphertextBlob!;

  it('is empty for a key that was never used, and tracked since its creation', async () => {
    const KeyId = await create(kms);
    const { CreationDate } = (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!;
    const answer = await kms.send(new GetKeyLastUsageCommand({ KeyId }));
    assert.deepEqual(
      { ...answer, $metadata: undefined },
      { KeyId, KeyLastUsage: {}, TrackingStartDate: CreationDate, KeyCreationDate: CreationDate, $metadata: undefined },
    );
  });

  it('carries the request id of the answer, an event id and the time by the clock', async () => {
    const KeyId = await create(kms);
    const now = await passDays(emulator.ready, 40);
    const { $metadata } = await kms.send(new EncryptCommand({ KeyId, Plaintext }));
    const usage = await usageOf(kms, KeyId);
    assert.deepEqual([usage.Operation, usage.KmsRequestId], ['Encrypt', $metadata.requestId]);
    assert.match(usage.KmsRequestId!, uuid);
    assert.match(usage.CloudTrailEventId!, uuid);
    assert.ok(Math.abs(usage.Timestamp!.getTime() - now.getTime()) < 60_000);
    assert.deepEqual(await usageOf(kms, KeyId), usage);
    await administer(emulator.ready, '/_emulator/clock', { reset: true });
  });

  const uses: readonly (readonly [operation: string, use: () => Promise<string>])[] = [
    ['Decrypt', async () => {
      const KeyId = await create(kms);
      await kms.send(new DecryptCommand({ CiphertextBlob: await encrypt(KeyId) }));
      return KeyId;
    }],
    ['GenerateDataKey', async () => {
      const KeyId = await create(kms);
      await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
      return KeyId;
    }],
    ['GenerateDataKeyWithoutPlaintext', async () => {
      const KeyId = await create(kms);
      await kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId, KeySpec: 'AES_256' }));
      return KeyId;
    }],
    ['GenerateDataKeyPair', async () => {
      const KeyId = await create(kms);
      await kms.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }));
      return KeyId;
    }],
    ['GenerateDataKeyPairWithoutPlaintext', async () => {
      const KeyId = await create(kms);
      await kms.send(new GenerateDataKeyPairWithoutPlaintextCommand({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }));
      return KeyId;
    }],
    ['DeriveSharedSecret', async () => {
      const KeyId = await create(kms, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' });
      const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
      await kms.send(new DeriveSharedSecretCommand({ KeyId, PublicKey, KeyAgreementAlgorithm: 'ECDH' }));
      return KeyId;
    }],
    ['Encapsulate', async () => {
      const KeyId = await create(kms, mlKem);
      await kms.send(new EncapsulateCommand({ KeyId, EncapsulationAlgorithm: 'ML_KEM' }));
      return KeyId;
    }],
    ['Decapsulate', async () => {
      const KeyId = await create(kms, mlKem);
      const { SharedSecretCiphertextBlob } = await kms.send(new EncapsulateCommand({ KeyId, EncapsulationAlgorithm: 'ML_KEM' }));
      await kms.send(new DecapsulateCommand({ KeyId, EncapsulationAlgorithm: 'ML_KEM', SharedSecretCiphertextBlob }));
      return KeyId;
    }],
    ['GenerateMac', async () => {
      await kms.send(new GenerateMacCommand({ KeyId: macKey, Message: Plaintext, MacAlgorithm: 'HMAC_SHA_256' }));
      return macKey;
    }],
    ['VerifyMac', async () => {
      const { Mac } = await kms.send(new GenerateMacCommand({ KeyId: macKey, Message: Plaintext, MacAlgorithm: 'HMAC_SHA_256' }));
      await kms.send(new VerifyMacCommand({ KeyId: macKey, Message: Plaintext, MacAlgorithm: 'HMAC_SHA_256', Mac: Mac! }));
      return macKey;
    }],
    ['Sign', async () => {
      await kms.send(new SignCommand({ KeyId: signingKey, Message: Plaintext, SigningAlgorithm: 'ECDSA_SHA_256' }));
      return signingKey;
    }],
    ['Verify', async () => {
      const input = { KeyId: signingKey, Message: Plaintext, SigningAlgorithm: 'ECDSA_SHA_256' } as const;
      const { Signature } = await kms.send(new SignCommand(input));
      await kms.send(new VerifyCommand({ ...input, Signature: Signature! }));
      return signingKey;
    }],
  ];
  for (const [operation, use] of uses) {
    it(`is a successful ${operation}`, async () => {
      assert.equal((await usageOf(kms, await use())).Operation, operation);
    });
  }

  it('is a ReEncrypt for both of its keys, each with an event of its own', async () => {
    const [source, destination] = [await create(kms), await create(kms)];
    await kms.send(new ReEncryptCommand({ CiphertextBlob: await encrypt(source), DestinationKeyId: destination }));
    const [of, to] = [await usageOf(kms, source), await usageOf(kms, destination)];
    assert.deepEqual([of.Operation, to.Operation, of.KmsRequestId], ['ReEncrypt', 'ReEncrypt', to.KmsRequestId]);
    assert.notEqual(of.CloudTrailEventId, to.CloudTrailEventId);
  });

  const useless: readonly (readonly [title: string, act: (KeyId: string) => Promise<unknown>])[] = [
    ['a dry run', (KeyId) => kms.send(new EncryptCommand({ KeyId, Plaintext, DryRun: true })).catch(() => undefined)],
    ['a failure', (KeyId) => kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' })).catch(() => undefined)],
    ['a look at the key', (KeyId) => kms.send(new DescribeKeyCommand({ KeyId }))],
    ['a list', (KeyId) => kms.send(new ListResourceTagsCommand({ KeyId }))],
    ['a change', (KeyId) => kms.send(new CreateAliasCommand({ TargetKeyId: KeyId, AliasName: 'alias/no-use' }))],
  ];
  for (const [title, act] of useless) {
    it(`is not ${title}`, async () => {
      const KeyId = await create(kms);
      await act(KeyId);
      assert.deepEqual(await usageOf(kms, KeyId), {});
    });
  }

  it('is not a download of the public key, nor a signature that did not verify', async () => {
    await kms.send(new SignCommand({ KeyId: signingKey, Message: Plaintext, SigningAlgorithm: 'ECDSA_SHA_256' }));
    await kms.send(new GetPublicKeyCommand({ KeyId: signingKey }));
    const wrong = { KeyId: signingKey, Message: Plaintext, Signature: Buffer.alloc(70), SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    await assert.rejects(kms.send(new VerifyCommand(wrong)), { name: 'KMSInvalidSignatureException' });
    assert.equal((await usageOf(kms, signingKey)).Operation, 'Sign');
  });

  it('is told for each Region of a multi-Region key by itself', async () => {
    await encrypt(multiRegionId);
    assert.equal((await usageOf(kms, multiRegionId)).Operation, 'Encrypt');
    assert.deepEqual(await usageOf(emulator.client('eu-west-1'), multiRegionId), {});
  });

  it('goes with the keys when the emulator is put back to its seed', async () => {
    await encrypt(multiRegionId);
    await administer(emulator.ready, '/_emulator/reset', {});
    assert.deepEqual(await usageOf(kms, multiRegionId), {});
  });

  it('is part of a snapshot', async () => {
    await encrypt(multiRegionId);
    const usage = await usageOf(kms, multiRegionId);
    const { body } = await administer(emulator.ready, '/_emulator/snapshot', {}, 'GET');
    await kms.send(new GenerateDataKeyCommand({ KeyId: multiRegionId, KeySpec: 'AES_128' }));
    await administer(emulator.ready, '/_emulator/snapshot', JSON.parse(body) as object, 'PUT');
    assert.deepEqual(await usageOf(kms, multiRegionId), usage);
  });

  const ends: readonly (readonly [title: string, end: (process: EmulatorProcess) => Promise<unknown>])[] = [
    ['is stopped', (process) => process.stop()],
    ['is killed some seconds later', async (process) => {
      await new Promise((resolve) => setTimeout(resolve, 4000));
      await process.kill();
    }],
  ];
  for (const [title, end] of ends) {
    it(`is kept when the emulator ${title}`, () =>
      withDataFolder(async (folder) => {
        const first = await startEmulator({ args: ['--data', folder] });
        const KeyId = await create(first.client());
        await first.client().send(new EncryptCommand({ KeyId, Plaintext }));
        const usage = await usageOf(first.client(), KeyId);
        await end(first);
        const again = await startEmulator({ args: ['--data', folder] });
        const kept = await usageOf(again.client(), KeyId);
        await again.stop();
        assert.deepEqual(kept, usage);
      })).timeout(20_000);
  }
});
