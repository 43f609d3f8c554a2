import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import {
  DecryptCommand,
  DeleteImportedKeyMaterialCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateMacCommand,
  type KMSClient,
  ListKeyRotationsCommand,
  RotateKeyOnDemandCommand,
} from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../../emulatorProcess.ts';
import { importMaterial } from './importing.ts';
import { administer } from '../../support/rawRequest.ts';
import { assertRefused } from '../../support/refusal.ts';
import { withSeed } from '../../support/seedFile.ts';

const KeyId = 'mrk-1234abcd12ab34cd56ef1234567890ab';
const hmacId = 'mrk-abcd1234abcd1234abcd1234abcd1234';
const replicas = ['ap-southeast-2', 'eu-west-1'];
const NEW = { ImportType: 'NEW_KEY_MATERIAL' } as const;
const arnIn = (region: string): string => `arn:aws:kms:${region}:111122223333:key/${KeyId}`;

describe('The imported material of a multi-Region key', () => {
  let emulator: EmulatorProcess;
  let primary: KMSClient;
  let europe: KMSClient;
  let sydney: KMSClient;
  before(async () => {
    const keys = [
      { id: KeyId, spec: 'SYMMETRIC_DEFAULT', origin: 'EXTERNAL', replicas },
      { id: hmacId, spec: 'HMAC_256', origin: 'EXTERNAL', replicas },
    ];
    emulator = await withSeed({ keys }, (seed) => startEmulator({ seed }));
    [primary, europe, sydney] = [emulator.client(), emulator.client('eu-west-1'), emulator.client('ap-southeast-2')];
  });
  after(() => emulator.stop());

  const stateOf = async (client: KMSClient): Promise<string> => (await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.KeyState!;
  const currentOf = async (client: KMSClient) => (await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.CurrentKeyMaterialId;
  const materialsOf = async (client: KMSClient): Promise<(string | undefined)[][]> => {
    const { Rotations } = await client.send(new ListKeyRotationsCommand({ KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' }));
    return Rotations!.map(({ KeyMaterialId, KeyMaterialState, ImportState }) => [KeyMaterialId, KeyMaterialState, ImportState]);
  };
  const waiting = 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION';
  const rotate = (client: KMSClient) => client.send(new RotateKeyOnDemandCommand({ KeyId }));
  const nothingPending = `No available key material pending rotation for the key: ${arnIn('us-east-1')}.`;
  const first = randomBytes(32);
  const second = randomBytes(32);
  let firstId: string;
  let secondId: string;

  it('comes into the primary first', async () => {
    const words = `The key material is not one that was imported into the key ${arnIn('eu-west-1')} before.`;
    await assertRefused(importMaterial(europe, KeyId, first), 'IncorrectKeyMaterialException', words);
    firstId = (await importMaterial(primary, KeyId, first)).KeyMaterialId!;
    assert.deepEqual([await stateOf(primary), await stateOf(europe)], ['Enabled', 'PendingImport']);
  });

  it('comes into each replica by itself, and is the same one everywhere', async () => {
    await assertRefused(importMaterial(europe, KeyId, randomBytes(32)), 'IncorrectKeyMaterialException', /not one that was imported/);
    assert.equal((await importMaterial(europe, KeyId, first, { KeyMaterialDescription: 'in Europe' })).KeyMaterialId, firstId);
    assert.equal((await importMaterial(sydney, KeyId, first, { ImportType: 'EXISTING_KEY_MATERIAL' })).KeyMaterialId, firstId);
    const { CiphertextBlob } = await primary.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('kept') }));
    const { Plaintext } = await sydney.send(new DecryptCommand({ CiphertextBlob }));
    assert.equal(Buffer.from(Plaintext!).toString(), 'kept');
  });

  it('is refused as new material by a replica', async () => {
    const words = `${arnIn('eu-west-1')} is not a multi-region primary key.`;
    await assertRefused(importMaterial(europe, KeyId, second, NEW), 'UnsupportedOperationException', words);
  });

  it('waits until every replica has the new one, and rotates everywhere at once then', async () => {
    secondId = (await importMaterial(primary, KeyId, second, NEW)).KeyMaterialId!;
    assert.deepEqual((await materialsOf(primary))[1], [secondId, waiting, 'IMPORTED']);
    await assertRefused(rotate(primary), 'KMSInvalidStateException', nothingPending);
    await importMaterial(europe, KeyId, second);
    assert.deepEqual((await materialsOf(primary))[1], [secondId, waiting, 'IMPORTED']);
    assert.deepEqual((await materialsOf(europe))[1], [secondId, waiting, 'IMPORTED']);
    await assertRefused(rotate(primary), 'KMSInvalidStateException', nothingPending);
    await importMaterial(sydney, KeyId, second);
    for (const client of [primary, europe, sydney]) {
      assert.deepEqual(await materialsOf(client), [[firstId, 'CURRENT', 'IMPORTED'], [secondId, 'PENDING_ROTATION', 'IMPORTED']]);
    }
    await assertRefused(rotate(europe), 'UnsupportedOperationException', `${arnIn('eu-west-1')} is not a multi-region primary key.`);
    await rotate(primary);
    for (const client of [primary, europe, sydney]) {
      assert.deepEqual(await materialsOf(client), [[firstId, 'NON_CURRENT', 'IMPORTED'], [secondId, 'CURRENT', 'IMPORTED']]);
      assert.deepEqual([await currentOf(client), await stateOf(client)], [secondId, 'Enabled']);
    }
  });

  it('is deleted in one Region without touching the others', async () => {
    await europe.send(new DeleteImportedKeyMaterialCommand({ KeyId, KeyMaterialId: firstId }));
    assert.deepEqual([await stateOf(primary), await stateOf(europe), await stateOf(sydney)], ['Enabled', 'PendingImport', 'Enabled']);
    await importMaterial(europe, KeyId, first);
    assert.equal(await stateOf(europe), 'Enabled');
  });

  it('that waits goes from the replicas with that of the primary', async () => {
    const third = randomBytes(32);
    const { KeyMaterialId } = await importMaterial(primary, KeyId, third, NEW);
    await importMaterial(europe, KeyId, third);
    await primary.send(new DeleteImportedKeyMaterialCommand({ KeyId, KeyMaterialId }));
    for (const client of [primary, europe]) assert.equal((await materialsOf(client)).length, 2);
    await assertRefused(importMaterial(europe, KeyId, third), 'IncorrectKeyMaterialException', /not one that was imported/);
  });

  it('has to be whole before a replica can be used', async () => {
    await administer(emulator.ready, '/_emulator/reset', {});
    await importMaterial(primary, KeyId, first);
    await importMaterial(primary, KeyId, second, NEW);
    for (const client of [europe, sydney]) await importMaterial(client, KeyId, second);
    assert.deepEqual(await materialsOf(europe), [[firstId, 'CURRENT', 'PENDING_IMPORT'], [secondId, 'PENDING_ROTATION', 'IMPORTED']]);
    await rotate(primary);
    assert.deepEqual(await materialsOf(europe), [[firstId, 'NON_CURRENT', 'PENDING_IMPORT'], [secondId, 'CURRENT', 'IMPORTED']]);
    assert.deepEqual([await stateOf(primary), await stateOf(europe)], ['Enabled', 'PendingImport']);
    await importMaterial(europe, KeyId, first);
    assert.equal(await stateOf(europe), 'Enabled');
  });

  it('authenticates alike in every Region', async () => {
    const secret = randomBytes(32);
    await importMaterial(primary, hmacId, secret);
    await importMaterial(europe, hmacId, secret);
    const { Mac } = await europe.send(new GenerateMacCommand({ KeyId: hmacId, Message: Buffer.from('text'), MacAlgorithm: 'HMAC_SHA_256' }));
    assert.deepEqual(Buffer.from(Mac!), createHmac('sha256', secret).update('text').digest());
  });
});
