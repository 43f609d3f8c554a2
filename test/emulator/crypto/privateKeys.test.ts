import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type KeySpecName, keySpecNames } from '../../../src/core/kms/keySpecs.ts';
import { ecPoint, generateScalar, loadEcKey } from '../../../src/emulator/crypto/asymmetric/ecKey.ts';
import { derTags, der, integer, objectIdentifier, octetString, sequence, smallInteger } from '../../../src/emulator/crypto/encoding/der.ts';
import { algorithmIdentifiers } from '../../../src/emulator/crypto/encoding/keyAlgorithms.ts';
import { writePrivateKey } from '../../../src/emulator/crypto/encoding/privateKeyInfo.ts';
import { loadMaterial, publicKeyOfMaterial } from '../../../src/emulator/crypto/keyMaterial.ts';
import { materialFromOldForm, materialFromPkcs8 } from '../../../src/emulator/crypto/privateKeys.ts';

const der8 = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'pkcs8' });
const ec = (namedCurve: string): (() => KeyObject) => () => generateKeyPairSync('ec', { namedCurve }).privateKey;
const rsa = (modulusLength: number): (() => KeyObject) => () => generateKeyPairSync('rsa', { modulusLength }).privateKey;

/** Private keys that Node makes, for each spec that it can make them for. */
const makers: readonly (readonly [KeySpecName, () => KeyObject])[] = [
  ['RSA_2048', rsa(2048)],
  ['RSA_3072', rsa(3072)],
  ['ECC_NIST_P256', ec('prime256v1')],
  ['ECC_NIST_P384', ec('secp384r1')],
  ['ECC_NIST_P521', ec('secp521r1')],
  ['ECC_SECG_P256K1', ec('secp256k1')],
  ['ECC_NIST_EDWARDS25519', () => generateKeyPairSync('ed25519').privateKey],
  ['ML_DSA_44', () => generateKeyPairSync('ml-dsa-44').privateKey],
  ['ML_DSA_65', () => generateKeyPairSync('ml-dsa-65').privateKey],
  ['ML_DSA_87', () => generateKeyPairSync('ml-dsa-87').privateKey],
  ['ML_KEM_512', () => generateKeyPairSync('ml-kem-512').privateKey],
  ['ML_KEM_768', () => generateKeyPairSync('ml-kem-768').privateKey],
  ['ML_KEM_1024', () => generateKeyPairSync('ml-kem-1024').privateKey],
];

describe('A private key in PKCS #8', () => {
  for (const [spec, make] of makers) {
    it(`that Node made is material of ${spec} and of no other spec`, () => {
      const key = make();
      const stored = materialFromPkcs8(spec, der8(key));
      assert.ok(stored);
      const publicKey = publicKeyOfMaterial(loadMaterial(spec, stored));
      assert.deepEqual(publicKey, createPublicKey(key).export({ format: 'der', type: 'spki' }));
      for (const other of keySpecNames) if (other !== spec) assert.equal(materialFromPkcs8(other, der8(key)), undefined, other);
    });

    it(`of ${spec} is refused when it is cut short or has something after it`, () => {
      const encoded = der8(make());
      for (const wrong of [encoded.subarray(0, -1), encoded.subarray(1), Buffer.alloc(0), Buffer.from('no key')]) {
        assert.equal(materialFromPkcs8(spec, wrong), undefined);
      }
      if (!spec.startsWith('RSA')) assert.equal(materialFromPkcs8(spec, Buffer.concat([encoded, Buffer.alloc(1)])), undefined);
    });
  }

  const scalar = generateScalar('P-256');
  const otherPoint = ecPoint(loadEcKey('P-256', generateScalar('P-256')));
  const explicit = generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' }).privateKey;
  const wrongCurveInside = sequence(
    smallInteger(0),
    algorithmIdentifiers['P-256'],
    octetString(sequence(smallInteger(1), octetString(scalar), der(0xa0, objectIdentifier('1.3.132.0.34')))),
  );
  const refused: readonly (readonly [name: string, encoded: Buffer])[] = [
    ['a scalar of zero', writePrivateKey('P-256', Buffer.alloc(32))],
    ['a scalar that is not below the order', writePrivateKey('P-256', Buffer.alloc(32, 0xff))],
    ['a scalar of the wrong length', writePrivateKey('P-256', Buffer.alloc(31, 1))],
    ['the public key of another', writePrivateKey('P-256', scalar, otherPoint)],
    ['a curve that is given by its parameters', der8(explicit)],
    ['another curve inside than outside', wrongCurveInside],
  ];
  for (const [name, encoded] of refused) {
    it(`on P-256 is refused for ${name}`, () => {
      assert.equal(materialFromPkcs8('ECC_NIST_P256', encoded), undefined);
    });
  }

  it('is taken without a public key, and with its own', () => {
    const own = ecPoint(loadEcKey('P-256', scalar));
    for (const encoded of [writePrivateKey('P-256', scalar), writePrivateKey('P-256', scalar, own)]) {
      assert.deepEqual(materialFromPkcs8('ECC_NIST_P256', encoded), Buffer.from(scalar));
    }
  });

  it('of ML-DSA is taken for its seed alone, and refused without one', () => {
    const seed = Buffer.alloc(32, 5);
    const form = (inner: Buffer): Buffer => sequence(smallInteger(0), algorithmIdentifiers['ML-DSA-44'], octetString(inner));
    assert.deepEqual(materialFromPkcs8('ML_DSA_44', form(der(0x80, seed))), seed);
    assert.equal(materialFromPkcs8('ML_DSA_44', form(der(derTags.octetString, Buffer.alloc(2560)))), undefined);
  });

  it('of RSA is refused when its numbers do not belong together', () => {
    const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
    const number = (text: string | undefined): Buffer => integer(Buffer.from(text!, 'base64url'));
    const build = (change: Partial<typeof jwk>): Buffer => {
      const { n, e, d, p, q, dp, dq, qi } = { ...jwk, ...change };
      return sequence(smallInteger(0), ...[n, e, d, p, q, dp, dq, qi].map(number));
    };
    const changed = (text: string | undefined): string => {
      const bytes = Buffer.from(text!, 'base64url');
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 4, bytes.length - 1);
      return bytes.toString('base64url');
    };
    assert.ok(materialFromOldForm('RSA_2048', build({})));
    for (const name of ['n', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const) {
      assert.equal(materialFromOldForm('RSA_2048', build({ [name]: changed(jwk[name]) })), undefined, name);
    }
  });

  it('of RSA is stored in one form, whichever it came in', () => {
    const key = createPrivateKey(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs1' }));
    const old = materialFromOldForm('RSA_2048', key.export({ format: 'der', type: 'pkcs1' }));
    assert.ok(old);
    assert.deepEqual(materialFromPkcs8('RSA_2048', der8(key)), old);
  });

  it('of RSA-PSS is no RSA key of AWS KMS', () => {
    const { privateKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
    assert.equal(materialFromPkcs8('RSA_2048', der8(privateKey)), undefined);
  });
});
