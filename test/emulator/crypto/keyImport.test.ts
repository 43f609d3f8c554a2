import assert from 'node:assert/strict';
import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { type KeySpecName, keySpecNames, keySpecs } from '../../../src/core/kms/keySpecs.ts';
import { encryptSm2 } from '../../../src/emulator/crypto/asymmetric/sm2.ts';
import { importedMaterial, unwrapMaterial, unwrapPadded, type WrappingAlgorithm } from '../../../src/emulator/crypto/keyImport.ts';
import { generateMaterial, type LoadedMaterial, loadMaterial, publicKeyOfMaterial } from '../../../src/emulator/crypto/keyMaterial.ts';
import { pkcs8OfMaterial } from '../../../src/emulator/crypto/privateKeys.ts';
import { hasOpenssl, openssl } from '../support/openssl.ts';

/** AES key wrap with padding as OpenSSL does it. */
function wrapPadded(aesKey: Uint8Array, plaintext: Uint8Array): Buffer {
  const cipher = createCipheriv(`id-aes${aesKey.length * 8}-wrap-pad`, aesKey, Buffer.from('a65959a6', 'hex'));
  return Buffer.concat([cipher.update(plaintext), cipher.final()]);
}

/** Wraps as the owner of key material does, with the public key alone. */
function wrap(algorithm: WrappingAlgorithm, wrapping: LoadedMaterial, plaintext: Uint8Array): Buffer {
  if (wrapping.kind === 'sm2') return encryptSm2({ point: wrapping.key.point }, plaintext);
  const key = createPublicKey({ key: publicKeyOfMaterial(wrapping)!, format: 'der', type: 'spki' });
  const oaepHash = algorithm.endsWith('256') ? 'sha256' : 'sha1';
  const oaep = (bytes: Uint8Array): Buffer => publicEncrypt({ key, oaepHash, padding: constants.RSA_PKCS1_OAEP_PADDING }, bytes);
  if (!algorithm.startsWith('RSA_AES')) return oaep(plaintext);
  const aesKey = randomBytes(32);
  return Buffer.concat([oaep(aesKey), wrapPadded(aesKey, plaintext)]);
}

async function loaded(spec: KeySpecName): Promise<LoadedMaterial> {
  return loadMaterial(spec, Buffer.from(await generateMaterial(spec)));
}

/** Makes what is asked for once for each spec: the primes of RSA keys take long to find. */
function eachOnce(make: (spec: KeySpecName) => Promise<LoadedMaterial>): (spec: KeySpecName) => Promise<LoadedMaterial> {
  const made = new Map<KeySpecName, Promise<LoadedMaterial>>();
  return (spec) => {
    const found = made.get(spec) ?? make(spec);
    made.set(spec, found);
    return found;
  };
}

function isRaw(spec: KeySpecName): boolean {
  return keySpecs[spec].kind === 'symmetric' || keySpecs[spec].kind === 'hmac';
}

describe('AES key wrap with padding', () => {
  // RFC 5649, section 6.
  const kek = Buffer.from('5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8', 'hex');
  const vectors = [
    ['c37b7e6492584340bed12207808941155068f738', '138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a'],
    ['466f7250617369', 'afbeb0f07dfbf5419200f2ccb50bb24f'],
  ] as const;
  for (const [plain, wrapped] of vectors) {
    it(`unwraps ${wrapped.slice(0, 8)}... of RFC 5649`, async () => {
      assert.equal(Buffer.from((await unwrapPadded(kek, Buffer.from(wrapped, 'hex')))!).toString('hex'), plain);
    });
  }

  it('unwraps what OpenSSL wraps, and nothing that was changed', async () => {
    const keys = fc.constantFrom(16, 24, 32).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
    await fc.assert(
      fc.asyncProperty(keys, fc.uint8Array({ minLength: 1, maxLength: 3000 }), fc.nat(), async (key, plaintext, position) => {
        const wrapped = wrapPadded(key, plaintext);
        assert.deepEqual(Buffer.from((await unwrapPadded(key, wrapped))!), Buffer.from(plaintext));
        const damaged = wrapped.map((byte, index) => (index === position % wrapped.length ? byte ^ 1 : byte));
        assert.equal(await unwrapPadded(key, damaged), undefined);
      }),
    );
  });

  it('refuses keys and lengths that it does not have', async () => {
    assert.equal(await unwrapPadded(Buffer.alloc(20), wrapPadded(Buffer.alloc(16), Buffer.alloc(16))), undefined);
    for (const length of [0, 8, 15, 17]) assert.equal(await unwrapPadded(Buffer.alloc(32), Buffer.alloc(length)), undefined);
  });
});

describe('Imported key material', () => {
  const wrappingKey = eachOnce(loaded);
  const otherKey = eachOnce(loaded);
  const rsaAlgorithms = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256'] as const;
  const ways: readonly (readonly [WrappingAlgorithm, KeySpecName])[] = [
    ...(['RSA_2048', 'RSA_3072', 'RSA_4096'] as const).flatMap((spec) => rsaAlgorithms.map((algorithm) => [algorithm, spec] as const)),
    ['SM2PKE', 'SM2'],
  ];
  for (const [algorithm, spec] of ways) {
    it(`comes out of ${algorithm} under a key of ${spec}, and not out of damaged bytes or another key`, async () => {
      const wrapping = await wrappingKey(spec);
      const plaintext = randomBytes(32);
      const wrapped = wrap(algorithm, wrapping, plaintext);
      assert.deepEqual(Buffer.from((await unwrapMaterial(algorithm, wrapping, wrapped))!), plaintext);
      for (const position of [10, wrapped.length - 1]) {
        const damaged = wrapped.map((byte, index) => (index === position ? byte ^ 1 : byte));
        assert.equal(await unwrapMaterial(algorithm, wrapping, damaged), undefined);
      }
      assert.equal(await unwrapMaterial(algorithm, wrapping, wrapped.subarray(0, 100)), undefined);
      assert.equal(await unwrapMaterial(algorithm, await otherKey(spec === 'SM2' ? 'SM2' : 'RSA_2048'), wrapped), undefined);
      assert.equal(await unwrapMaterial(algorithm, await loaded('ECC_NIST_P256'), wrapped), undefined);
    });
  }

  it('does not come out of the other hash', async () => {
    const wrapping = await wrappingKey('RSA_2048');
    assert.equal(await unwrapMaterial('RSAES_OAEP_SHA_256', wrapping, wrap('RSAES_OAEP_SHA_1', wrapping, randomBytes(32))), undefined);
  });

  for (const spec of keySpecNames) {
    it(`of ${spec} is read as it is stored, and is not that of another spec`, async () => {
      const stored = Buffer.from(await generateMaterial(spec));
      const plaintext = isRaw(spec) ? stored : pkcs8OfMaterial(spec, stored);
      assert.deepEqual(Buffer.from(importedMaterial(spec, plaintext)!), stored);
      for (const other of keySpecNames) {
        // Any bytes of the right number are a symmetric or an HMAC key.
        const fits = other === spec || (isRaw(other) && plaintext.length === keySpecs[other].size);
        assert.equal(importedMaterial(other, plaintext) !== undefined, fits, other);
      }
    });
  }

  it('of an RSA key comes through the steps that AWS documents with openssl', async function () {
    if (!hasOpenssl) this.skip();
    const wrapping = await wrappingKey('RSA_4096');
    const plaintext = pkcs8OfMaterial('RSA_2048', Buffer.from(await generateMaterial('RSA_2048')));
    const aesKey = randomBytes(32);
    const carry = ['pkeyutl', '-encrypt', '-pubin', '-inkey', '@public.der', '-keyform', 'DER'];
    const oaep = ['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', 'rsa_oaep_md:sha256', '-pkeyopt', 'rsa_mgf1_md:sha256'];
    const carried = openssl([...carry, ...oaep], { 'public.der': publicKeyOfMaterial(wrapping)! }, aesKey);
    const wrapped = openssl(['enc', '-id-aes256-wrap-pad', '-iv', 'A65959A6', '-K', aesKey.toString('hex'), '-e'], {}, plaintext);
    const together = Buffer.concat([carried!, wrapped!]);
    assert.deepEqual(Buffer.from((await unwrapMaterial('RSA_AES_KEY_WRAP_SHA_256', wrapping, together))!), plaintext);
  });
});
