import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GetPublicKeyCommand,
  ListKeyRotationsCommand,
  type RotationsListEntry,
  RotateKeyOnDemandCommand,
} from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../emulatorProcess.ts';
import { importMaterial } from '../operations/material/importing.ts';
import { withSeed } from '../support/seedFile.ts';

const KeyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const [first, second] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];

async function withSeededKey(key: object, work: (emulator: EmulatorProcess) => Promise<void>): Promise<void> {
  const emulator = await withSeed({ keys: [{ id: KeyId, ...key }] }, (seed) => startEmulator({ seed }));
  try {
    await work(emulator);
  } finally {
    await emulator.stop();
  }
}

async function materialsOf(emulator: EmulatorProcess): Promise<RotationsListEntry[]> {
  return (await emulator.client().send(new ListKeyRotationsCommand({ KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' }))).Rotations!;
}

describe('Material from a seed, as it is used', () => {
  for (const origin of ['AWS_KMS', 'EXTERNAL']) {
    it(`decrypts what its older items encrypted, for a key of origin ${origin}`, async () => {
      const key = { spec: 'SYMMETRIC_DEFAULT', origin };
      let ciphertext: Uint8Array;
      let materialId: string | undefined;
      await withSeededKey({ ...key, material: [{ base64: first }] }, async (emulator) => {
        const { CiphertextBlob } = await emulator.client().send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('kept') }));
        [ciphertext, materialId] = [CiphertextBlob!, (await materialsOf(emulator))[0]!.KeyMaterialId];
      });
      await withSeededKey({ ...key, material: [{ base64: first }, { base64: second }] }, async (emulator) => {
        const { Plaintext, KeyMaterialId } = await emulator.client().send(new DecryptCommand({ CiphertextBlob: ciphertext }));
        assert.deepEqual([Buffer.from(Plaintext!).toString(), KeyMaterialId], ['kept', materialId]);
        const materials = await materialsOf(emulator);
        assert.deepEqual(materials.map(({ KeyMaterialState }) => KeyMaterialState), ['NON_CURRENT', 'CURRENT']);
        assert.deepEqual(materials.map(({ RotationType }) => RotationType), [undefined, 'ON_DEMAND']);
        assert.deepEqual(materials.map(({ ImportState }) => ImportState), origin === 'EXTERNAL' ? ['IMPORTED', 'IMPORTED'] : [undefined, undefined]);
      });
    });
  }

  it('is what an import of the same bytes brings, and goes on from there', () =>
    withSeededKey({ spec: 'SYMMETRIC_DEFAULT', origin: 'EXTERNAL', material: [{ base64: first }] }, async (emulator) => {
      const kms = emulator.client();
      const before = await materialsOf(emulator);
      await importMaterial(kms, KeyId, Buffer.from(first, 'base64'));
      assert.deepEqual(await materialsOf(emulator), before);
      const { KeyMaterialId } = await importMaterial(kms, KeyId, Buffer.from(second, 'base64'), { ImportType: 'NEW_KEY_MATERIAL' });
      await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
      assert.equal((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.CurrentKeyMaterialId, KeyMaterialId);
    }));

  it('may be left to an import', () =>
    withSeededKey({ spec: 'SYMMETRIC_DEFAULT', origin: 'EXTERNAL' }, async (emulator) => {
      const kms = emulator.client();
      const stateOf = async () => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.KeyState;
      assert.equal(await stateOf(), 'PendingImport');
      await importMaterial(kms, KeyId, Buffer.from(first, 'base64'));
      assert.equal(await stateOf(), 'Enabled');
    }));

  it('is a private key in PEM for an asymmetric key of origin EXTERNAL', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const key = { spec: 'ECC_NIST_P384', usage: 'SIGN_VERIFY', origin: 'EXTERNAL', material: [{ pem }] };
    await withSeededKey(key, async (emulator) => {
      const { PublicKey } = await emulator.client().send(new GetPublicKeyCommand({ KeyId }));
      assert.deepEqual(Buffer.from(PublicKey!), publicKey.export({ type: 'spki', format: 'der' }));
      const { ExpirationModel } = (await emulator.client().send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!;
      assert.equal(ExpirationModel, 'KEY_MATERIAL_DOES_NOT_EXPIRE');
    });
  });
});
