import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DeleteImportedKeyMaterialCommand,
  type GetParametersForImportCommandOutput,
  ImportKeyMaterialCommand,
  type ImportKeyMaterialCommandInput,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../../emulatorProcess.ts';
import { passDays } from '../../support/clock.ts';
import { parametersFor, wrapMaterial } from './importing.ts';
import { administer } from '../../support/rawRequest.ts';
import { assertRefused } from '../../support/refusal.ts';

type Members = Partial<ImportKeyMaterialCommandInput>;

const days = (count: number): Date => new Date(Date.now() + count * 86_400_000);
const forGood: Members = { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
const validation = 'ValidationException';
const unsupported = 'UnsupportedOperationException';
const noSuchId = 'ab'.repeat(32);

describe('An import is refused', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  let symmetric: GetParametersForImportCommandOutput;
  let hmac: GetParametersForImportCommandOutput;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
    symmetric = await parametersFor(kms, await create());
    hmac = await parametersFor(kms, await create({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }));
  });
  after(() => emulator.stop());

  const create = async (input: CreateKeyCommandInput = {}): Promise<string> =>
    (await kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL', ...input }))).KeyMetadata!.Arn!;

  const send = ({ KeyId, ImportToken, PublicKey }: GetParametersForImportCommandOutput, members: Members) =>
    kms.send(
      new ImportKeyMaterialCommand({
        KeyId,
        ImportToken,
        EncryptedKeyMaterial: wrapMaterial('RSAES_OAEP_SHA_256', PublicKey!, randomBytes(32)),
        ...members,
      }),
    );

  const period = 'The validTo date must be in the future, and at most 365 days from now.';
  const several = 'ImportType, KeyMaterialId and KeyMaterialDescription are supported for symmetric encryption keys only.';
  const cases: readonly (readonly [title: string, of: () => GetParametersForImportCommandOutput, members: Members, code: string, message: string])[] = [
    ['without an expiration', () => symmetric, {}, validation, 'A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES'],
    ['that is to expire at no time', () => symmetric, { ExpirationModel: 'KEY_MATERIAL_EXPIRES' }, validation, 'A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES'],
    ['that is to expire at a time and not to expire', () => symmetric, { ...forGood, ValidTo: days(1) }, validation, 'A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE'],
    ['that expired before', () => symmetric, { ValidTo: days(-1) }, validation, period],
    ['that expires in more than a year', () => symmetric, { ValidTo: days(366) }, validation, period],
    ['of new material that is to have a known id', () => symmetric, { ...forGood, ImportType: 'NEW_KEY_MATERIAL', KeyMaterialId: noSuchId }, validation, 'KeyMaterialId cannot be specified when ImportType is NEW_KEY_MATERIAL.'],
    ['of material with another id', () => symmetric, { ...forGood, KeyMaterialId: noSuchId }, 'IncorrectKeyMaterialException', `The key material is not the one with the id ${noSuchId}.`],
    ['of an import type, for an HMAC key', () => hmac, { ...forGood, ImportType: 'NEW_KEY_MATERIAL' }, unsupported, several],
    ['of a described material, for an HMAC key', () => hmac, { ...forGood, KeyMaterialDescription: 'text' }, unsupported, several],
    ['of a named material, for an HMAC key', () => hmac, { ...forGood, KeyMaterialId: noSuchId }, unsupported, several],
    ['of bytes that were not wrapped', () => symmetric, { ...forGood, EncryptedKeyMaterial: randomBytes(256) }, 'InvalidCiphertextException', ''],
    ['of too few bytes', () => symmetric, { ...forGood, EncryptedKeyMaterial: randomBytes(3) }, 'InvalidCiphertextException', ''],
  ];
  for (const [title, of, members, code, message] of cases) {
    it(title, () => assertRefused(send(of(), members), code, message));
  }

  it('of material that is said to be there already, for a key without any', async () => {
    const message = `The key material is not one that was imported into the key ${symmetric.KeyId!} before.`;
    await assertRefused(send(symmetric, { ...forGood, ImportType: 'EXISTING_KEY_MATERIAL' }), 'IncorrectKeyMaterialException', message);
  });

  it('with the token of another key, or a damaged one, before the material is looked at', async () => {
    const invalid = `The import token is not one that was made for ${symmetric.KeyId!}.`;
    const damaged = Buffer.from(symmetric.ImportToken!);
    damaged.writeUInt8(damaged.readUInt8(40) ^ 1, 40);
    for (const ImportToken of [hmac.ImportToken, damaged, randomBytes(5)]) {
      await assertRefused(send(symmetric, { ...forGood, ImportToken, EncryptedKeyMaterial: randomBytes(9) }), 'InvalidImportTokenException', invalid);
    }
  });

  it('with a token that is older than 24 hours', async () => {
    const parameters = await parametersFor(kms, await create());
    const EncryptedKeyMaterial = wrapMaterial('RSAES_OAEP_SHA_256', parameters.PublicKey!, randomBytes(32));
    await passDays(emulator.ready, 23.9 / 24);
    assert.equal((await send(parameters, { ...forGood, EncryptedKeyMaterial })).KeyId, parameters.KeyId);
    await passDays(emulator.ready, 0.2 / 24);
    const words = 'The import token has expired. Get a new public key and import token.';
    await assertRefused(send(parameters, { ...forGood, EncryptedKeyMaterial }), 'ExpiredImportTokenException', words);
    await administer(emulator.ready, '/_emulator/clock', { reset: true });
  });

  const keptOut: readonly (readonly [title: string, act: (KeyId: string) => Promise<unknown>])[] = [
    ['for a key whose material AWS makes', (KeyId) => send({ ...symmetric, KeyId }, forGood)],
    ['as its deletion is, for a key whose material AWS makes', (KeyId) => kms.send(new DeleteImportedKeyMaterialCommand({ KeyId }))],
  ];
  for (const [title, act] of keptOut) {
    it(title, async () => {
      const KeyId = await create({ Origin: 'AWS_KMS' });
      await assertRefused(act(KeyId), unsupported, `${KeyId} origin is AWS_KMS which is not valid for this operation.`);
    });
  }

  it('as the deletion of material is that the key never had', async () => {
    const deletion = new DeleteImportedKeyMaterialCommand({ KeyId: symmetric.KeyId, KeyMaterialId: noSuchId });
    await assertRefused(kms.send(deletion), 'NotFoundException', `Key material ${noSuchId} is not associated with the key ${symmetric.KeyId!}.`);
  });
});
