import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { type KeySpecName, keySpecNames, keySpecs } from '../../../src/core/kms/keySpecs.ts';
import { generateMaterial, loadMaterial, publicKeyOfMaterial } from '../../../src/emulator/crypto/keyMaterial.ts';
import { pkcs8OfMaterial } from '../../../src/emulator/crypto/privateKeys.ts';
import { readSeed } from '../../../src/emulator/seed/readSeed.ts';
import { StartFailure } from '../../../src/emulator/startFailure.ts';
import { startEmulator } from '../emulatorProcess.ts';

const china = 'cn-north-1';

function pemOf(label: string, encoded: Uint8Array): string {
  const lines = Buffer.from(encoded).toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

const isSecret = (spec: KeySpecName): boolean => keySpecs[spec].kind === 'symmetric' || keySpecs[spec].kind === 'hmac';

/** The material that the seed's reader makes of one item. */
function read(spec: KeySpecName, item: Readonly<Record<string, string>>, region = china): Buffer {
  const key = { id: randomUUID(), spec, usage: keySpecs[spec].usages[0], region, material: [item] };
  const { keys } = readSeed('seed.json', JSON.stringify({ keys: [key] }), { accountId: '111122223333', region: 'us-east-1' });
  return Buffer.from(keys[0]!.material[0]!);
}

function refusal(spec: KeySpecName, item: Readonly<Record<string, string>>, region?: string): string {
  try {
    read(spec, item, region);
  } catch (error) {
    if (error instanceof StartFailure) return error.message;
    throw error;
  }
  return 'it was taken';
}

describe('Material in a seed', () => {
  for (const spec of keySpecNames) {
    it(`of ${spec} is read in each form that it has, and refused in the others`, async () => {
      const stored = Buffer.from(await generateMaterial(spec));
      if (!isSecret(spec)) assert.deepEqual(read(spec, { pem: pemOf('PRIVATE KEY', pkcs8OfMaterial(spec, stored)) }), stored);
      if (keySpecs[spec].kind === 'rsa') {
        assert.match(refusal(spec, { hex: stored.toString('hex') }), new RegExp(`cannot hold material of ${spec}\\. Write it as pem\\.$`));
        return;
      }
      assert.deepEqual(read(spec, { hex: stored.toString('hex') }), stored);
      assert.deepEqual(read(spec, { base64: stored.toString('base64') }), stored);
      assert.match(refusal(spec, { hex: stored.toString('hex', 1) }), new RegExp(`holds ${stored.length - 1} bytes, but material of ${spec} has ${stored.length}\\.$`));
    });
  }

  it('may be a private key in an older form of PEM, whatever stands before it', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const curve = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey;
    const old = String(curve.export({ format: 'pem', type: 'sec1' }));
    const parameters = pemOf('EC PARAMETERS', Buffer.from('06052b81040022', 'hex'));
    const scalar = Buffer.from(String(curve.export({ format: 'jwk' }).d), 'base64url');
    assert.deepEqual(read('ECC_NIST_P384', { pem: old }), scalar);
    assert.deepEqual(read('ECC_NIST_P384', { pem: `${parameters}${old}` }), scalar);
    const form8 = rsa.export({ format: 'der', type: 'pkcs8' });
    assert.deepEqual(read('RSA_2048', { pem: String(rsa.export({ format: 'pem', type: 'pkcs1' })) }), form8);
  });

  const p256 = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const locked = String(p256.privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'p' }));
  const refused: readonly (readonly [name: string, spec: KeySpecName, pem: string, text: RegExp])[] = [
    ['of another curve', 'ECC_NIST_P384', String(p256.privateKey.export({ format: 'pem', type: 'pkcs8' })), /pem is not a private key of ECC_NIST_P384\.$/],
    ['in a spec of secrets', 'HMAC_256', String(p256.privateKey.export({ format: 'pem', type: 'pkcs8' })), /pem is not a private key of HMAC_256\.$/],
    ['that is public', 'ECC_NIST_P256', String(p256.publicKey.export({ format: 'pem', type: 'spki' })), /pem is not a private key in PEM\.$/],
    ['with a password', 'ECC_NIST_P256', locked, /pem is not a private key in PEM\.$/],
  ];
  for (const [name, spec, pem, text] of refused) {
    it(`is refused for a key ${name}`, () => {
      assert.match(refusal(spec, { pem }), text);
    });
  }

  it('is refused when its number is out of range', () => {
    assert.match(refusal('ECC_NIST_P256', { hex: '00'.repeat(32) }), /is not material of ECC_NIST_P256: the number is out of range\.$/);
    assert.match(refusal('SM2', { hex: 'ff'.repeat(32) }), /is not material of SM2: the number is out of range\.$/);
  });

  it('of SM2 is for the China Regions', () => {
    assert.match(refusal('SM2', { hex: '01'.repeat(32) }, 'eu-west-1'), /keys\[0\]\.spec can be SM2 in the China Regions only\.$/);
  });

  it('of every spec with a public key is what the key then has', async () => {
    const specs = keySpecNames.filter((spec) => !isSecret(spec));
    const made = await Promise.all(
      specs.map(async (spec) => {
        const stored = Buffer.from(await generateMaterial(spec));
        const material = [{ pem: pemOf('PRIVATE KEY', pkcs8OfMaterial(spec, stored)) }];
        return { key: { id: randomUUID(), spec, usage: keySpecs[spec].usages[0], region: china, material }, stored };
      }),
    );
    const folder = mkdtempSync(join(tmpdir(), 'kms-explorer-test-'));
    const seed = join(folder, 'seed.json');
    writeFileSync(seed, JSON.stringify({ keys: made.map(({ key }) => key) }));
    const emulator = await startEmulator({ seed });
    try {
      for (const { key, stored } of made) {
        const { PublicKey } = await emulator.client(china).send(new GetPublicKeyCommand({ KeyId: key.id }));
        assert.deepEqual(Buffer.from(PublicKey!), publicKeyOfMaterial(loadMaterial(key.spec, stored)), key.spec);
      }
    } finally {
      await emulator.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
