import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  CancelKeyDeletionCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DecryptCommand,
  DeleteImportedKeyMaterialCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GetKeyRotationStatusCommand,
  ImportKeyMaterialCommand,
  type ImportKeyMaterialCommandInput,
  type KeyMetadata,
  type KMSClient,
  ListKeyRotationsCommand,
  RotateKeyOnDemandCommand,
  type RotationsListEntry,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../../emulatorProcess.ts';
import { passDays } from '../../support/clock.ts';
import { withDataFolder } from '../../support/dataFolder.ts';
import { importMaterial, parametersFor, wrapMaterial } from './importing.ts';
import { administer } from '../../support/rawRequest.ts';
import { assertRefused } from '../../support/refusal.ts';

const NEW = { ImportType: 'NEW_KEY_MATERIAL' } as const;
const day = 86_400_000;

describe('Imported key material', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());
  afterEach(() => administer(emulator.ready, '/_emulator/clock', { reset: true }));

  const create = async (input: CreateKeyCommandInput = {}): Promise<string> =>
    (await kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL', ...input }))).KeyMetadata!.Arn!;
  const describeKey = async (KeyId: string): Promise<KeyMetadata> => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!;
  const encrypt = async (KeyId: string): Promise<Uint8Array> =>
    (await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('kept') }))).CiphertextBlob!;
  const decrypt = async (CiphertextBlob: Uint8Array): Promise<(string | undefined)[]> => {
    const { Plaintext, KeyMaterialId } = await kms.send(new DecryptCommand({ CiphertextBlob }));
    return [Buffer.from(Plaintext!).toString(), KeyMaterialId];
  };
  const materialsOf = async (KeyId: string): Promise<RotationsListEntry[]> =>
    (await kms.send(new ListKeyRotationsCommand({ KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' }))).Rotations!;
  const remove = (KeyId: string, KeyMaterialId?: string) => kms.send(new DeleteImportedKeyMaterialCommand({ KeyId, KeyMaterialId }));
  const rotate = (KeyId: string) => kms.send(new RotateKeyOnDemandCommand({ KeyId }));
  const importNew = async (KeyId: string, material: Uint8Array = randomBytes(32), members: Partial<ImportKeyMaterialCommandInput> = {}): Promise<string> =>
    (await importMaterial(kms, KeyId, material, { ...NEW, ...members })).KeyMaterialId!;

  it('makes a key usable, and one that was deleted takes only the same material back', async () => {
    const KeyId = await create();
    const material = randomBytes(32);
    const { KeyMaterialId } = await importMaterial(kms, KeyId, material);
    const ciphertext = await encrypt(KeyId);
    const gone = await remove(KeyId);
    assert.deepEqual([gone.KeyId, gone.KeyMaterialId], [KeyId, KeyMaterialId]);
    const { KeyState, Enabled, CurrentKeyMaterialId, ExpirationModel, ValidTo } = await describeKey(KeyId);
    assert.deepEqual([KeyState, Enabled, CurrentKeyMaterialId, ExpirationModel, ValidTo], ['PendingImport', false, KeyMaterialId, undefined, undefined]);
    await assertRefused(encrypt(KeyId), 'KMSInvalidStateException', `${KeyId} is pending import.`);
    await assertRefused(decrypt(ciphertext), 'KMSInvalidStateException', `${KeyId} is pending import.`);
    await assertRefused(
      importMaterial(kms, KeyId, randomBytes(32)),
      'IncorrectKeyMaterialException',
      `The key material is not one that was imported into the key ${KeyId} before.`,
    );
    await importMaterial(kms, KeyId, material);
    assert.equal((await describeKey(KeyId)).KeyState, 'Enabled');
    assert.deepEqual(await decrypt(ciphertext), ['kept', KeyMaterialId]);
  });

  it('that is deleted twice is just gone', async () => {
    const KeyId = await create();
    assert.equal((await remove(KeyId)).KeyMaterialId, undefined);
    await importMaterial(kms, KeyId, randomBytes(32));
    await remove(KeyId);
    assert.equal((await remove(KeyId)).KeyId, KeyId);
  });

  it('expires at its time, is gone then, and can be imported again with another time or none', async () => {
    const KeyId = await create();
    const material = randomBytes(32);
    const ValidTo = new Date(Math.ceil(Date.now() / 1000) * 1000 + 10 * day);
    const { KeyMaterialId } = await importMaterial(kms, KeyId, material, { ValidTo });
    const before = await describeKey(KeyId);
    assert.deepEqual([before.ExpirationModel, before.ValidTo], ['KEY_MATERIAL_EXPIRES', ValidTo]);
    const ciphertext = await encrypt(KeyId);
    await passDays(emulator.ready, 9.9);
    assert.equal((await describeKey(KeyId)).KeyState, 'Enabled');
    await passDays(emulator.ready, 0.2);
    const after = await describeKey(KeyId);
    assert.deepEqual([after.KeyState, after.ExpirationModel, after.ValidTo], ['PendingImport', undefined, undefined]);
    assert.deepEqual(await materialsOf(KeyId), [{ KeyId, KeyMaterialId, ImportState: 'PENDING_IMPORT', KeyMaterialState: 'CURRENT' }]);
    await importMaterial(kms, KeyId, material);
    assert.equal((await describeKey(KeyId)).ExpirationModel, 'KEY_MATERIAL_DOES_NOT_EXPIRE');
    await passDays(emulator.ready, 4000);
    assert.deepEqual(await decrypt(ciphertext), ['kept', KeyMaterialId]);
  });

  it('that expired does not come back with the clock', async () => {
    const KeyId = await create();
    await importMaterial(kms, KeyId, randomBytes(32), { ValidTo: new Date(Date.now() + day) });
    await passDays(emulator.ready, 2);
    assert.equal((await describeKey(KeyId)).KeyState, 'PendingImport');
    await administer(emulator.ready, '/_emulator/clock', { reset: true });
    assert.equal((await describeKey(KeyId)).KeyState, 'PendingImport');
  });

  it('is in use by turns: each new one waits for a rotation, and all of them decrypt', async () => {
    const KeyId = await create();
    const made: { ciphertext: Uint8Array; id: string }[] = [];
    for (let count = 0; count < 4; count += 1) {
      const id = await importNew(KeyId);
      if (count > 0) {
        assert.notEqual((await describeKey(KeyId)).CurrentKeyMaterialId, id);
        assert.equal((await materialsOf(KeyId)).at(-1)!.KeyMaterialState, 'PENDING_ROTATION');
        assert.equal((await rotate(KeyId)).KeyId, KeyId);
      }
      assert.equal((await describeKey(KeyId)).CurrentKeyMaterialId, id);
      made.push({ id, ciphertext: await encrypt(KeyId) });
    }
    for (const { ciphertext, id } of made) assert.deepEqual(await decrypt(ciphertext), ['kept', id]);
    assert.equal((await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled, false);
  }).timeout(30_000);

  it('is listed with all that was said of it', async () => {
    const KeyId = await create();
    const ValidTo = new Date(Math.ceil(Date.now() / 1000) * 1000 + 5 * day);
    const first = await importNew(KeyId, randomBytes(32), { KeyMaterialDescription: 'from the vault', ValidTo });
    const second = await importNew(KeyId);
    const pending = { KeyId, KeyMaterialId: second, ImportState: 'IMPORTED', KeyMaterialState: 'PENDING_ROTATION', ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
    const current = {
      KeyId,
      KeyMaterialId: first,
      KeyMaterialDescription: 'from the vault',
      ImportState: 'IMPORTED',
      KeyMaterialState: 'CURRENT',
      ExpirationModel: 'KEY_MATERIAL_EXPIRES',
      ValidTo,
    };
    assert.deepEqual(await materialsOf(KeyId), [current, pending]);
    await rotate(KeyId);
    const { Rotations } = await kms.send(new ListKeyRotationsCommand({ KeyId }));
    const { RotationDate, ...rotation } = Rotations![0]!;
    assert.deepEqual([Rotations!.length, rotation], [1, { ...pending, KeyMaterialState: 'CURRENT', RotationType: 'ON_DEMAND' }]);
    assert.ok(Math.abs(RotationDate!.getTime() - Date.now()) < 60_000);
  });

  it('makes its key unusable when an older one is missing, until that very one is back', async () => {
    const KeyId = await create();
    const oldMaterial = randomBytes(32);
    const old = await importNew(KeyId, oldMaterial, { KeyMaterialDescription: 'old' });
    const ciphertext = await encrypt(KeyId);
    const current = await importNew(KeyId);
    await rotate(KeyId);
    assert.equal((await remove(KeyId, old)).KeyMaterialId, old);
    const { KeyState, CurrentKeyMaterialId, ExpirationModel } = await describeKey(KeyId);
    assert.deepEqual([KeyState, CurrentKeyMaterialId, ExpirationModel], ['PendingImport', current, undefined]);
    await assertRefused(
      importMaterial(kms, KeyId, oldMaterial, { KeyMaterialId: current }),
      'IncorrectKeyMaterialException',
      `The key material is not the one with the id ${current}.`,
    );
    await importMaterial(kms, KeyId, oldMaterial, { KeyMaterialId: old, ImportType: 'EXISTING_KEY_MATERIAL' });
    assert.deepEqual(await decrypt(ciphertext), ['kept', old]);
    assert.equal((await materialsOf(KeyId))[0]!.KeyMaterialDescription, 'old');
  });

  it('expires earliest first in the metadata of its key', async () => {
    const KeyId = await create();
    const times = [20, 10, 5].map((days) => new Date(Math.ceil(Date.now() / 1000) * 1000 + days * day));
    await importNew(KeyId, randomBytes(32), { ValidTo: times[0]! });
    await importNew(KeyId, randomBytes(32), { ValidTo: times[1]! });
    assert.deepEqual((await describeKey(KeyId)).ValidTo, times[0]);
    await rotate(KeyId);
    assert.deepEqual((await describeKey(KeyId)).ValidTo, times[1]);
    await importNew(KeyId, randomBytes(32), { ValidTo: times[2]! });
    assert.deepEqual((await describeKey(KeyId)).ValidTo, times[1]);
  });

  it('that waits for its rotation is not the key’s for good: deleted or expired, another takes its place', async () => {
    const KeyId = await create();
    const first = await importNew(KeyId);
    const pending = await importNew(KeyId);
    assert.equal((await remove(KeyId, pending)).KeyMaterialId, pending);
    await importNew(KeyId, randomBytes(32), { ValidTo: new Date(Date.now() + day) });
    await passDays(emulator.ready, 2);
    assert.deepEqual((await materialsOf(KeyId)).map(({ KeyMaterialId }) => KeyMaterialId), [first]);
    assert.equal((await describeKey(KeyId)).KeyState, 'Enabled');
    const third = await importNew(KeyId);
    await rotate(KeyId);
    assert.equal((await describeKey(KeyId)).CurrentKeyMaterialId, third);
  });

  it('comes in one at a time', async () => {
    const KeyId = await create();
    await importNew(KeyId);
    const pending = await importNew(KeyId);
    await assert.rejects(importNew(KeyId), (error: Error) => {
      assert.equal(error.name, 'KMSInvalidStateException');
      const [, id] = /^New key material \(id: ([0-9a-f]{64})\)/.exec(error.message) ?? [];
      assert.equal(
        error.message,
        `New key material (id: ${id ?? ''}) cannot be imported into KMS key ${KeyId}, because another key material (id: ${pending}) is pending rotation.`,
      );
      assert.notEqual(id, pending);
      return true;
    });
  });

  it('is not there to rotate to before it was imported', async () => {
    const KeyId = await create();
    await importNew(KeyId);
    await assertRefused(rotate(KeyId), 'KMSInvalidStateException', `No available key material pending rotation for the key: ${KeyId}.`);
  });

  it('is new only once', async () => {
    const KeyId = await create();
    const material = randomBytes(32);
    await importNew(KeyId, material);
    await assertRefused(importNew(KeyId, material), 'IncorrectKeyMaterialException', /associated with the key .* already\. Import it as EXISTING_KEY_MATERIAL\.$/);
  });

  it('leaves a disabled key disabled, and enables one that waited for it', async () => {
    const KeyId = await create();
    const material = randomBytes(32);
    await importMaterial(kms, KeyId, material);
    await kms.send(new DisableKeyCommand({ KeyId }));
    await importMaterial(kms, KeyId, material, { ValidTo: new Date(Date.now() + day) });
    assert.equal((await describeKey(KeyId)).KeyState, 'Disabled');
    await remove(KeyId);
    assert.equal((await describeKey(KeyId)).KeyState, 'PendingImport');
    await importMaterial(kms, KeyId, material);
    assert.equal((await describeKey(KeyId)).KeyState, 'Enabled');
  });

  it('can be deleted, but not imported, while its key is pending deletion', async () => {
    const KeyId = await create();
    const material = randomBytes(32);
    await importMaterial(kms, KeyId, material);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    await remove(KeyId);
    await assertRefused(importMaterial(kms, KeyId, material), 'KMSInvalidStateException', `${KeyId} is pending deletion.`);
    assert.equal((await describeKey(KeyId)).KeyState, 'PendingDeletion');
    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    assert.equal((await describeKey(KeyId)).KeyState, 'PendingImport');
  });

  it('is missing in a key that cannot be enabled or disabled then', async () => {
    const KeyId = await create();
    await assertRefused(kms.send(new EnableKeyCommand({ KeyId })), 'KMSInvalidStateException', `${KeyId} is pending import.`);
    await assertRefused(kms.send(new DisableKeyCommand({ KeyId })), 'KMSInvalidStateException', `${KeyId} is pending import.`);
  });

  it('and its import token outlive a restart', () =>
    withDataFolder(async (folder) => {
      const first = await startEmulator({ args: ['--data', folder] });
      const { KeyMetadata } = await first.client().send(new CreateKeyCommand({ Origin: 'EXTERNAL' }));
      const KeyId = KeyMetadata!.Arn!;
      const { ImportToken, PublicKey } = await parametersFor(first.client(), KeyId);
      await first.stop();
      const EncryptedKeyMaterial = wrapMaterial('RSAES_OAEP_SHA_256', PublicKey!, randomBytes(32));
      const second = await startEmulator({ args: ['--data', folder] });
      await second.client().send(new ImportKeyMaterialCommand({ KeyId, ImportToken, EncryptedKeyMaterial, ValidTo: new Date(Date.now() + 3 * day) }));
      await second.stop();
      const third = await startEmulator({ args: ['--data', folder] });
      const stateOf = async () => (await third.client().send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.KeyState;
      assert.equal(await stateOf(), 'Enabled');
      await passDays(third.ready, 4);
      assert.equal(await stateOf(), 'PendingImport');
      await third.stop();
    })).timeout(20_000);
});
