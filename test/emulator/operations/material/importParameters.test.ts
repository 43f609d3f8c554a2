import assert from 'node:assert/strict';
import { createPublicKey, randomBytes } from 'node:crypto';
import {
  type AlgorithmSpec,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DisableKeyCommand,
  type KeySpec,
  type KeyUsageType,
  type KMSClient,
  ScheduleKeyDeletionCommand,
  type WrappingKeySpec,
} from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../../emulatorProcess.ts';
import { importMaterial, parametersFor } from './importing.ts';
import { assertRefused } from '../../support/refusal.ts';

const usages: Readonly<Partial<Record<KeySpec, KeyUsageType>>> = {
  SYMMETRIC_DEFAULT: 'ENCRYPT_DECRYPT',
  HMAC_256: 'GENERATE_VERIFY_MAC',
  RSA_3072: 'ENCRYPT_DECRYPT',
};
const oaep = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] as const;
const keyWrap = ['RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256'] as const;
const unsupported = 'UnsupportedOperationException';

describe('The parameters for an import', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());

  const create = async (spec: KeySpec = 'SYMMETRIC_DEFAULT', input: CreateKeyCommandInput = {}, client = kms): Promise<string> => {
    const key = { Origin: 'EXTERNAL', KeySpec: spec, KeyUsage: usages[spec] ?? 'SIGN_VERIFY', ...input } as const;
    return (await client.send(new CreateKeyCommand(key))).KeyMetadata!.Arn!;
  };

  const taken: readonly (readonly [spec: KeySpec, algorithm: AlgorithmSpec, wrappingSpec: WrappingKeySpec])[] = [
    ...[...oaep, ...keyWrap].flatMap((algorithm) => [['SYMMETRIC_DEFAULT', algorithm, 'RSA_2048'], ['HMAC_256', algorithm, 'RSA_2048']] as const),
    ['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_256', 'RSA_3072'],
    ['SYMMETRIC_DEFAULT', 'RSA_AES_KEY_WRAP_SHA_256', 'RSA_4096'],
    ...keyWrap.map((algorithm) => ['RSA_3072', algorithm, 'RSA_2048'] as const),
    ...[...oaep, ...keyWrap].map((algorithm) => ['ECC_NIST_P384', algorithm, 'RSA_2048'] as const),
    ...keyWrap.map((algorithm) => ['ECC_NIST_P521', algorithm, 'RSA_2048'] as const),
    ...oaep.map((algorithm) => ['ECC_NIST_P521', algorithm, 'RSA_3072'] as const),
    ['ECC_NIST_EDWARDS25519', 'RSAES_OAEP_SHA_256', 'RSA_2048'],
    ['ECC_SECG_P256K1', 'RSAES_OAEP_SHA_1', 'RSA_2048'],
  ];
  for (const [spec, algorithm, wrappingSpec] of taken) {
    it(`are given for ${spec} with ${algorithm} and ${wrappingSpec}`, async () => {
      const KeyId = await create(spec);
      const answer = await parametersFor(kms, KeyId, { algorithm, wrappingSpec });
      const publicKey = createPublicKey({ key: Buffer.from(answer.PublicKey!), format: 'der', type: 'spki' });
      assert.equal(`RSA_${publicKey.asymmetricKeyDetails!.modulusLength!}`, wrappingSpec);
      assert.ok(answer.ImportToken!.length <= 6144, `${answer.ImportToken!.length} bytes`);
      assert.equal(answer.KeyId, KeyId);
      assert.equal(Math.round((answer.ParametersValidTo!.getTime() - Date.now()) / 60_000), 24 * 60);
    }).timeout(30_000);
  }

  const refused: readonly (readonly [spec: KeySpec, algorithm: AlgorithmSpec, wrappingSpec: WrappingKeySpec, message: string])[] = [
    ['SYMMETRIC_DEFAULT', 'RSAES_PKCS1_V1_5', 'RSA_2048', 'WrappingAlgorithm RSAES_PKCS1_V1_5 is not supported any more.'],
    ['SYMMETRIC_DEFAULT', 'SM2PKE', 'SM2', 'WrappingAlgorithm SM2PKE is not supported in this Region'],
    ['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_256', 'SM2', 'WrappingKeySpec SM2 is not supported in this Region'],
    ...oaep.map((algorithm) => ['RSA_3072', algorithm, 'RSA_4096', `Key material of RSA_3072 cannot be imported with WrappingAlgorithm ${algorithm} and WrappingKeySpec RSA_4096.`] as const),
    ...oaep.map((algorithm) => ['ECC_NIST_P521', algorithm, 'RSA_2048', `Key material of ECC_NIST_P521 cannot be imported with WrappingAlgorithm ${algorithm} and WrappingKeySpec RSA_2048.`] as const),
  ];
  for (const [spec, algorithm, wrappingSpec, message] of refused) {
    it(`are refused for ${spec} with ${algorithm} and ${wrappingSpec}`, async () => {
      await assertRefused(parametersFor(kms, await create(spec), { algorithm, wrappingSpec }), unsupported, message);
    });
  }

  it('are given with SM2 in the China Regions, where SM2 goes with itself alone', async () => {
    const china = emulator.client('cn-north-1');
    const KeyId = await create('SYMMETRIC_DEFAULT', {}, china);
    const { ImportToken, PublicKey } = await parametersFor(china, KeyId, { algorithm: 'SM2PKE', wrappingSpec: 'SM2' });
    assert.ok(ImportToken!.length > 0 && PublicKey!.length === 91);
    for (const [algorithm, wrappingSpec] of [['SM2PKE', 'RSA_2048'], ['RSAES_OAEP_SHA_256', 'SM2']] as const) {
      const message = `WrappingAlgorithm ${algorithm} is not compatible with WrappingKeySpec ${wrappingSpec}.`;
      await assertRefused(parametersFor(china, KeyId, { algorithm, wrappingSpec }), unsupported, message);
    }
  });

  it('are new ones each time', async () => {
    const KeyId = await create();
    const [one, two] = [await parametersFor(kms, KeyId), await parametersFor(kms, KeyId)];
    assert.notDeepEqual(one.PublicKey, two.PublicKey);
  });

  it('are refused for a key whose material AWS makes', async () => {
    const KeyId = await create('SYMMETRIC_DEFAULT', { Origin: 'AWS_KMS' });
    const message = `${KeyId} origin is AWS_KMS which is not valid for this operation.`;
    await assertRefused(parametersFor(kms, KeyId), unsupported, message);
  });

  it('are refused while deletion is pending', async () => {
    const KeyId = await create();
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    await assertRefused(parametersFor(kms, KeyId), 'KMSInvalidStateException', `${KeyId} is pending deletion.`);
  });

  it('are refused for what is no wrapping algorithm before anything else', async () => {
    const parameters = parametersFor(kms, 'no-key', { algorithm: 'RSA' as AlgorithmSpec, wrappingSpec: 'RSA_2048' });
    const values = 'RSAES_OAEP_SHA_1, RSAES_OAEP_SHA_256, RSAES_PKCS1_V1_5, RSA_AES_KEY_WRAP_SHA_1, RSA_AES_KEY_WRAP_SHA_256, SM2PKE';
    await assertRefused(
      parameters,
      'ValidationException',
      `1 validation error detected: Value 'RSA' at 'wrappingAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [${values}]`,
    );
  });

  it('are given for a key that has its material, and for one that is disabled', async () => {
    const KeyId = await create();
    await importMaterial(kms, KeyId, randomBytes(32));
    assert.equal((await parametersFor(kms, KeyId)).KeyId, KeyId);
    await kms.send(new DisableKeyCommand({ KeyId }));
    assert.equal((await parametersFor(kms, KeyId)).KeyId, KeyId);
  });
});
