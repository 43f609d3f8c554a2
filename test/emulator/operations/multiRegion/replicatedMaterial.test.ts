import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  CreateKeyCommand,
  DecryptCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetKeyRotationStatusCommand,
  ListKeyRotationsCommand,
  ReplicateKeyCommand,
  RotateKeyOnDemandCommand,
  UpdatePrimaryRegionCommand,
} from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../../emulatorProcess.ts';
import { assertRefused } from '../../support/refusal.ts';
import { importMaterial } from '../material/importing.ts';
import { type KeyRing, keyRing, passSeconds, type Region } from './keyRing.ts';

const day = 86_400;
const message = Buffer.from('kept');

describe('Material and rotation of a key that is replicated later', () => {
  let emulator: EmulatorProcess;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());

  const make = async (Origin: 'AWS_KMS' | 'EXTERNAL'): Promise<KeyRing> => {
    const { KeyMetadata } = await emulator.client('us-east-1').send(new CreateKeyCommand({ MultiRegion: true, Origin }));
    return keyRing(emulator, KeyMetadata!.KeyId!);
  };
  const replicate = async (ring: KeyRing, ReplicaRegion: Region, from: Region = 'us-east-1'): Promise<void> => {
    await ring.client(from).send(new ReplicateKeyCommand({ KeyId: ring.keyId, ReplicaRegion }));
    await passSeconds(emulator, 1);
  };
  const encrypt = async (ring: KeyRing, region: Region) => (await ring.client(region).send(new EncryptCommand({ KeyId: ring.keyId, Plaintext: message }))).CiphertextBlob;
  const assertOpens = async (ring: KeyRing, region: Region, CiphertextBlob: Uint8Array | undefined): Promise<void> => {
    const { Plaintext } = await ring.client(region).send(new DecryptCommand({ CiphertextBlob }));
    assert.deepEqual(Buffer.from(Plaintext!), message);
  };
  /** The rows of ListKeyRotations without what differs from Region to Region. */
  const materialsOf = async (ring: KeyRing, region: Region) => {
    const { Rotations } = await ring.client(region).send(new ListKeyRotationsCommand({ KeyId: ring.keyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' }));
    return Rotations!.map((rotation) => ({ ...rotation, KeyId: undefined }));
  };
  const scheduleOf = async (ring: KeyRing, region: Region) => {
    const { KeyRotationEnabled, RotationPeriodInDays, NextRotationDate } = await ring.client(region).send(new GetKeyRotationStatusCommand({ KeyId: ring.keyId }));
    return { KeyRotationEnabled, RotationPeriodInDays, NextRotationDate };
  };

  it('come to the replica with their history', async () => {
    const ring = await make('AWS_KMS');
    const ciphertexts = [await encrypt(ring, 'us-east-1')];
    for (let rotations = 0; rotations < 2; rotations += 1) {
      await ring.client('us-east-1').send(new RotateKeyOnDemandCommand({ KeyId: ring.keyId }));
      ciphertexts.push(await encrypt(ring, 'us-east-1'));
    }
    await replicate(ring, 'eu-west-1');
    assert.equal((await materialsOf(ring, 'us-east-1')).length, 3);
    assert.deepEqual(await materialsOf(ring, 'eu-west-1'), await materialsOf(ring, 'us-east-1'));
    for (const ciphertext of ciphertexts) await assertOpens(ring, 'eu-west-1', ciphertext);
  });

  it('go on in every Region when the primary has moved', async () => {
    const ring = await make('AWS_KMS');
    await ring.client('us-east-1').send(new EnableKeyRotationCommand({ KeyId: ring.keyId, RotationPeriodInDays: 100 }));
    await replicate(ring, 'eu-west-1');
    const schedule = await scheduleOf(ring, 'us-east-1');
    assert.deepEqual([schedule.KeyRotationEnabled, schedule.RotationPeriodInDays], [true, 100]);
    assert.deepEqual(await scheduleOf(ring, 'eu-west-1'), schedule);
    await ring.client('us-east-1').send(new UpdatePrimaryRegionCommand({ KeyId: ring.keyId, PrimaryRegion: 'eu-west-1' }));
    assert.deepEqual(await scheduleOf(ring, 'eu-west-1'), schedule);
    await passSeconds(emulator, 101 * day);
    for (const region of ['us-east-1', 'eu-west-1'] as const) {
      const materials = await materialsOf(ring, region);
      assert.deepEqual(materials.map(({ RotationType, RotationDate }) => [RotationType, RotationDate]), [[undefined, undefined], ['AUTOMATIC', schedule.NextRotationDate]]);
    }
    await assertOpens(ring, 'us-east-1', await encrypt(ring, 'eu-west-1'));
    const refused = ring.client('us-east-1').send(new RotateKeyOnDemandCommand({ KeyId: ring.keyId }));
    await assertRefused(refused, 'UnsupportedOperationException', `${ring.arn('us-east-1')} is not a multi-region primary key.`);
    await ring.client('eu-west-1').send(new RotateKeyOnDemandCommand({ KeyId: ring.keyId }));
    assert.equal((await materialsOf(ring, 'us-east-1')).length, 3);
  });

  it('are imported into the replica again, all of those in use before it can be used', async () => {
    const ring = await make('EXTERNAL');
    const [first, second] = [randomBytes(32), randomBytes(32)];
    const here = ring.client('us-east-1');
    const there = ring.client('eu-west-1');
    await importMaterial(here, ring.keyId, first);
    const old = await encrypt(ring, 'us-east-1');
    await importMaterial(here, ring.keyId, second, { ImportType: 'NEW_KEY_MATERIAL' });
    await here.send(new RotateKeyOnDemandCommand({ KeyId: ring.keyId }));
    await replicate(ring, 'eu-west-1');

    assert.equal((await ring.describe('eu-west-1')).KeyState, 'PendingImport');
    assert.deepEqual((await materialsOf(ring, 'eu-west-1')).map(({ ImportState }) => ImportState), ['PENDING_IMPORT', 'PENDING_IMPORT']);
    await assertRefused(importMaterial(there, ring.keyId, randomBytes(32)), 'IncorrectKeyMaterialException', /is not one that was imported/);
    await importMaterial(there, ring.keyId, second);
    await assertRefused(encrypt(ring, 'eu-west-1'), 'KMSInvalidStateException', `${ring.arn('eu-west-1')} is pending import.`);
    await importMaterial(there, ring.keyId, first);
    assert.equal((await ring.describe('eu-west-1')).KeyState, 'Enabled');
    await assertOpens(ring, 'eu-west-1', old);
    await assertOpens(ring, 'us-east-1', await encrypt(ring, 'eu-west-1'));
  });

  it('that wait for their rotation wait for the import into the replica', async () => {
    const ring = await make('EXTERNAL');
    const [first, second] = [randomBytes(32), randomBytes(32)];
    const here = ring.client('us-east-1');
    const there = ring.client('eu-west-1');
    const statesOf = async (region: Region) => (await materialsOf(ring, region)).map(({ KeyMaterialState }) => KeyMaterialState);
    const rotate = () => here.send(new RotateKeyOnDemandCommand({ KeyId: ring.keyId }));
    await importMaterial(here, ring.keyId, first);
    await importMaterial(here, ring.keyId, second, { ImportType: 'NEW_KEY_MATERIAL' });
    assert.deepEqual(await statesOf('us-east-1'), ['CURRENT', 'PENDING_ROTATION']);

    await replicate(ring, 'eu-west-1');
    await importMaterial(there, ring.keyId, first);
    assert.equal((await ring.describe('eu-west-1')).KeyState, 'Enabled');
    for (const region of ['us-east-1', 'eu-west-1'] as const) {
      assert.deepEqual(await statesOf(region), ['CURRENT', 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION']);
    }
    await assertRefused(rotate(), 'KMSInvalidStateException', `No available key material pending rotation for the key: ${ring.arn('us-east-1')}.`);
    await importMaterial(there, ring.keyId, second);
    await rotate();
    assert.deepEqual(await statesOf('eu-west-1'), ['NON_CURRENT', 'CURRENT']);
    await assertOpens(ring, 'us-east-1', await encrypt(ring, 'eu-west-1'));
  });
});
