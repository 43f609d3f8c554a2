import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { KmsExplorerError } from '../../../../src/core/kms/errorCode.ts';
import { canGenerate, generateMaterial } from '../../../../src/features/keyPanel/material/generateMaterial.ts';
import { materialFromFile, materialFromText } from '../../../../src/features/keyPanel/material/readMaterial.ts';

const secret = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
const pkcs8 = (key: KeyObject): Buffer => key.export({ type: 'pkcs8', format: 'der' });
const pem = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1'): Buffer => Buffer.from(key.export({ type: type, format: 'pem' }));

const files: readonly { readonly name: string; readonly spec: string; readonly file: Buffer; readonly material: Buffer }[] = [
  { name: 'raw bytes', spec: 'SYMMETRIC_DEFAULT', file: Buffer.from(secret), material: secret },
  { name: 'hexadecimal with a line break', spec: 'HMAC_256', file: Buffer.from(`${secret.toString('hex')}\n`), material: secret },
  { name: 'base64', spec: 'SYMMETRIC_DEFAULT', file: Buffer.from(secret.toString('base64')), material: secret },
  { name: 'an RSA key in DER', spec: 'RSA_2048', file: pkcs8(rsa), material: pkcs8(rsa) },
  { name: 'an RSA key in PEM', spec: 'RSA_2048', file: pem(rsa, 'pkcs8'), material: pkcs8(rsa) },
  { name: 'an RSA key in the PEM of old', spec: 'RSA_2048', file: pem(rsa, 'pkcs1'), material: pkcs8(rsa) },
  { name: 'an EC key in the PEM of openssl', spec: 'ECC_NIST_P256', file: pem(ec, 'sec1'), material: pkcs8(ec) },
];

const refusals: readonly { readonly name: string; readonly spec: string; readonly file: Buffer; readonly message: RegExp }[] = [
  { name: 'a secret of another length', spec: 'HMAC_512', file: Buffer.from(secret), message: /exactly 64 bytes; this has 32/ },
  { name: 'a private key for a symmetric key', spec: 'SYMMETRIC_DEFAULT', file: pem(rsa, 'pkcs8'), message: /plain bytes/ },
  { name: 'an RSA key of another size', spec: 'RSA_4096', file: pkcs8(rsa), message: /not one for RSA_4096/ },
  { name: 'a key on another curve', spec: 'ECC_NIST_P384', file: pkcs8(ec), message: /not one for ECC_NIST_P384/ },
  { name: 'a public key', spec: 'RSA_2048', file: Buffer.from('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'), message: /no private key/ },
  { name: 'an empty file', spec: 'SYMMETRIC_DEFAULT', file: Buffer.alloc(0), message: /this has 0/ },
];

describe('materialFromFile', () => {
  for (const { name, spec, file, material } of files) {
    it(`reads ${name} and clears it`, () => {
      const given = Buffer.from(file);
      assert.deepEqual(materialFromFile(spec, given), material);
      assert.ok(given.every((byte) => byte === 0));
    });
  }

  for (const { name, spec, file, message } of refusals) {
    it(`refuses ${name} without quoting it, and clears it`, () => {
      const given = Buffer.from(file);
      assert.throws(() => materialFromFile(spec, given), (error: unknown) => {
        assert.ok(error instanceof KmsExplorerError && error.code === 'INVALID_REQUEST');
        assert.match(error.message, message);
        assert.doesNotMatch(`${error.message}${String(error.cause)}`, /AAAA|0001020304/);
        return true;
      });
      assert.ok(given.every((byte) => byte === 0));
    });
  }
});

describe('materialFromText', () => {
  it('reads hexadecimal and base64', () => {
    for (const coding of ['hex', 'base64'] as const) assert.deepEqual(materialFromText('SYMMETRIC_DEFAULT', secret.toString(coding)), secret);
  });

  it('reads a private key in base64', () => {
    assert.deepEqual(materialFromText('ECC_NIST_P256', pkcs8(ec).toString('base64')), pkcs8(ec));
  });

  for (const typed of ['', 'not base64!', 'abc']) {
    it(`refuses "${typed}"`, () => {
      assert.throws(() => materialFromText('SYMMETRIC_DEFAULT', typed), /neither hexadecimal nor base64/);
    });
  }
});

describe('generateMaterial', () => {
  for (const [spec, length] of [['SYMMETRIC_DEFAULT', 32], ['HMAC_224', 28], ['HMAC_256', 32], ['HMAC_384', 48], ['HMAC_512', 64]] as const) {
    it(`makes ${length} random bytes for ${spec}`, async () => {
      const [one, other] = [await generateMaterial(spec), await generateMaterial(spec)];
      assert.deepEqual([one.length, one.equals(other)], [length, false]);
    });
  }

  for (const spec of ['RSA_2048', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_NIST_EDWARDS25519']) {
    it(`makes a private key that is read back as one for ${spec}`, async () => {
      const made = await generateMaterial(spec);
      assert.equal(createPrivateKey({ key: made, format: 'der', type: 'pkcs8' }).type, 'private');
      assert.deepEqual(materialFromFile(spec, Buffer.from(made)), made);
    });
  }

  it('leaves specs that it has no generator for', async () => {
    for (const spec of ['ML_DSA_65', 'ML_KEM_768', 'SM2', 'RSA_1024']) {
      assert.equal(canGenerate(spec), false);
      await assert.rejects(generateMaterial(spec), /another tool/);
    }
  });
});
