import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { DataKeyPairSpec } from '@aws-sdk/client-kms';
import { type KeySpecName, keySpecNames, keySpecs } from '../../../src/core/kms/keySpecs.ts';
import { generateDataKeyPair } from '../../../src/emulator/crypto/dataKeyPair.ts';
import { generateMaterial, loadMaterial, materialLength, publicKeyOfMaterial } from '../../../src/emulator/crypto/keyMaterial.ts';
import { materialFromPkcs8 } from '../../../src/emulator/crypto/privateKeys.ts';
import { runtimes } from '../support/runtimes.ts';

/** Bytes of the SubjectPublicKeyInfo of each spec; 0 for specs without a public key. */
const publicKeyLengths: Readonly<Record<KeySpecName, number>> = {
  SYMMETRIC_DEFAULT: 0,
  RSA_2048: 294,
  RSA_3072: 422,
  RSA_4096: 550,
  ECC_NIST_P256: 91,
  ECC_NIST_P384: 120,
  ECC_NIST_P521: 158,
  ECC_SECG_P256K1: 88,
  ECC_NIST_EDWARDS25519: 44,
  HMAC_224: 0,
  HMAC_256: 0,
  HMAC_384: 0,
  HMAC_512: 0,
  ML_DSA_44: 1334,
  ML_DSA_65: 1974,
  ML_DSA_87: 2614,
  ML_KEM_512: 822,
  ML_KEM_768: 1206,
  ML_KEM_1024: 1590,
  SM2: 91,
};

describe('Key material', () => {
  for (const spec of keySpecNames) {
    it(`of ${spec} has the same public key with every runtime, and one that Node reads`, async () => {
      const stored = Buffer.from(await generateMaterial(spec));
      if (keySpecs[spec].kind !== 'rsa') assert.equal(stored.length, materialLength(spec));
      const [publicKey, ...others] = runtimes.map(([, native]) => publicKeyOfMaterial(loadMaterial(spec, stored, native)));
      for (const other of others) assert.deepEqual(other, publicKey);
      assert.equal(publicKey?.length ?? 0, publicKeyLengths[spec]);
      if (publicKey) {
        assert.deepEqual(createPublicKey({ key: publicKey, format: 'der', type: 'spki' }).export({ format: 'der', type: 'spki' }), publicKey);
      }
    });
  }
});

describe('A data key pair', () => {
  for (const spec of Object.values(DataKeyPairSpec)) {
    it(`of ${spec} is a private key in PKCS #8 and its public key`, async () => {
      const { privateKey, publicKey } = await generateDataKeyPair(spec);
      assert.deepEqual(createPublicKey(createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' })).export({ format: 'der', type: 'spki' }), publicKey);
      assert.equal(publicKey.length, publicKeyLengths[spec]);
      const stored = materialFromPkcs8(spec, privateKey);
      assert.ok(stored);
      assert.deepEqual(publicKeyOfMaterial(loadMaterial(spec, stored)), publicKey);
    });
  }
});
