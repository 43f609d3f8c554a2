import assert from 'node:assert/strict';
import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import {
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  ImportKeyMaterialCommand,
  type KeySpec,
  type KeyUsageType,
  type KMSClient,
  type MacAlgorithmSpec,
  SignCommand,
  type SigningAlgorithmSpec,
  VerifyCommand,
} from '@aws-sdk/client-kms';
import { encryptSm2 } from '../../../../src/emulator/crypto/asymmetric/sm2.ts';
import { type EmulatorProcess, startEmulator } from '../../emulatorProcess.ts';
import { importMaterial, parametersFor, wrapMaterial, type Wrapping } from './importing.ts';
import { hasOpenssl, openssl } from '../../support/openssl.ts';
import { assertRefused } from '../../support/refusal.ts';

const message = Buffer.from('The same key, wherever it is.');
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
const pkcs8Of = (key: KeyObject): Buffer => key.export({ type: 'pkcs8', format: 'der' });
const spkiOf = (key: KeyObject): Buffer => createPublicKey(key).export({ type: 'spki', format: 'der' });

describe('A key with imported material', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());

  const create = async (KeySpec: KeySpec, KeyUsage: KeyUsageType, client = kms): Promise<string> =>
    (await client.send(new CreateKeyCommand({ Origin: 'EXTERNAL', KeySpec, KeyUsage }))).KeyMetadata!.Arn!;

  async function imported(spec: KeySpec, usage: KeyUsageType, material: Uint8Array, wrapping?: Wrapping): Promise<string> {
    const KeyId = await create(spec, usage);
    const answer = await importMaterial(kms, KeyId, material, {}, wrapping);
    assert.deepEqual([answer.KeyId, answer.KeyMaterialId], [KeyId, undefined]);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    assert.deepEqual([KeyMetadata!.KeyState, KeyMetadata!.Enabled, KeyMetadata!.ExpirationModel], ['Enabled', true, 'KEY_MATERIAL_DOES_NOT_EXPIRE']);
    assert.equal(KeyMetadata!.CurrentKeyMaterialId, undefined);
    return KeyId;
  }

  const wrappings: readonly Wrapping[] = (['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256'] as const).map(
    (algorithm) => ({ algorithm, wrappingSpec: 'RSA_2048' }),
  );

  const hmacs = [['HMAC_224', 28, 'sha224'], ['HMAC_256', 32, 'sha256'], ['HMAC_384', 48, 'sha384'], ['HMAC_512', 64, 'sha512']] as const;
  for (const [index, [spec, length, hash]] of hmacs.entries()) {
    const wrapping = wrappings[index]!;
    it(`of ${spec}, in with ${wrapping.algorithm}, authenticates as the same key does elsewhere`, async () => {
      const secret = randomBytes(length);
      const KeyId = await imported(spec, 'GENERATE_VERIFY_MAC', secret, wrapping);
      const MacAlgorithm = `HMAC_SHA_${hash.slice(3)}` as MacAlgorithmSpec;
      const { Mac } = await kms.send(new GenerateMacCommand({ KeyId, Message: message, MacAlgorithm }));
      assert.deepEqual(Buffer.from(Mac!), createHmac(hash, secret).update(message).digest());
    });
  }

  const curves = [
    ['ECC_NIST_P256', 'prime256v1', 'sha256'],
    ['ECC_NIST_P384', 'secp384r1', 'sha384'],
    ['ECC_NIST_P521', 'secp521r1', 'sha512'],
    ['ECC_SECG_P256K1', 'secp256k1', 'sha256'],
  ] as const;
  for (const [index, [spec, namedCurve, hash]] of curves.entries()) {
    const wrapping: Wrapping = spec === 'ECC_NIST_P521' ? { algorithm: 'RSAES_OAEP_SHA_1', wrappingSpec: 'RSA_3072' } : wrappings[index]!;
    it(`of ${spec}, in with ${wrapping.algorithm}, signs and verifies as the same key does elsewhere`, async () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve });
      const KeyId = await imported(spec, 'SIGN_VERIFY', pkcs8Of(privateKey), wrapping);
      const SigningAlgorithm = `ECDSA_SHA_${hash.slice(3)}` as SigningAlgorithmSpec;
      assert.deepEqual(Buffer.from((await kms.send(new GetPublicKeyCommand({ KeyId }))).PublicKey!), spkiOf(privateKey));
      const { Signature } = await kms.send(new SignCommand({ KeyId, Message: message, SigningAlgorithm }));
      assert.ok(verify(hash, message, createPublicKey(privateKey), Signature!));
      const theirs = sign(hash, message, privateKey);
      assert.ok((await kms.send(new VerifyCommand({ KeyId, Message: message, Signature: theirs, SigningAlgorithm }))).SignatureValid);
    }).timeout(20_000);
  }

  it('of ECC_NIST_EDWARDS25519 signs byte for byte as the same key does elsewhere', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const KeyId = await imported('ECC_NIST_EDWARDS25519', 'SIGN_VERIFY', pkcs8Of(privateKey));
    const { Signature } = await kms.send(new SignCommand({ KeyId, Message: message, SigningAlgorithm: 'ED25519_SHA_512' }));
    assert.deepEqual(Buffer.from(Signature!), sign(null, message, privateKey));
  });

  for (const [modulusLength, wrapping] of [[2048, wrappings[2]!], [3072, wrappings[3]!], [4096, wrappings[2]!]] as const) {
    it(`of RSA_${modulusLength} encrypts, decrypts and signs as the same key does elsewhere`, async () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
      const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
      const KeyId = await imported(`RSA_${modulusLength}`, 'ENCRYPT_DECRYPT', pkcs8Of(privateKey), wrapping);
      const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
      assert.deepEqual(Buffer.from((await kms.send(new GetPublicKeyCommand({ KeyId }))).PublicKey!), spkiOf(privateKey));
      const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: message, EncryptionAlgorithm }));
      assert.deepEqual(privateDecrypt({ key: privateKey, ...oaep }, CiphertextBlob!), message);
      const theirs = publicEncrypt({ key: createPublicKey(privateKey), ...oaep }, message);
      const { Plaintext } = await kms.send(new DecryptCommand({ KeyId, CiphertextBlob: theirs, EncryptionAlgorithm }));
      assert.deepEqual(Buffer.from(Plaintext!), message);

      const signing = await imported(`RSA_${modulusLength}`, 'SIGN_VERIFY', pkcs8Of(privateKey), wrapping);
      const deterministic = { KeyId: signing, Message: message, SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_384' } as const;
      assert.deepEqual(Buffer.from((await kms.send(new SignCommand(deterministic))).Signature!), sign('sha384', message, privateKey));
      const random = { KeyId: signing, Message: message, SigningAlgorithm: 'RSASSA_PSS_SHA_512' } as const;
      const { Signature } = await kms.send(new SignCommand(random));
      assert.ok(verify('sha512', message, { key: createPublicKey(privateKey), ...pss }, Signature!));
    }).timeout(60_000);
  }

  for (const wrapping of wrappings) {
    it(`that is symmetric, in with ${wrapping.algorithm}, has the same id for the same material each time`, async () => {
      const material = randomBytes(32);
      const [KeyId, other] = [await create('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'), await create('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT')];
      const { KeyMaterialId } = await importMaterial(kms, KeyId, material, {}, wrapping);
      assert.match(KeyMaterialId!, /^[0-9a-f]{64}$/);
      assert.equal((await importMaterial(kms, KeyId, material, {}, wrapping)).KeyMaterialId, KeyMaterialId);
      assert.notEqual((await importMaterial(kms, other, material, {}, wrapping)).KeyMaterialId, KeyMaterialId);
      assert.equal((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.CurrentKeyMaterialId, KeyMaterialId);
      const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: message }));
      await assertRefused(
        kms.send(new DecryptCommand({ CiphertextBlob, KeyId: other })),
        'IncorrectKeyException',
        'The key ID in the request does not identify a CMK that can perform this operation.',
      );
    });
  }

  it('in a China Region takes its material under SM2 too', async () => {
    const china = emulator.client('cn-north-1');
    const KeyId = await create('HMAC_256', 'GENERATE_VERIFY_MAC', china);
    const { PublicKey, ImportToken } = await parametersFor(china, KeyId, { algorithm: 'SM2PKE', wrappingSpec: 'SM2' });
    const secret = randomBytes(32);
    const EncryptedKeyMaterial = encryptSm2({ point: Buffer.from(PublicKey!.slice(-65)) }, secret);
    await china.send(new ImportKeyMaterialCommand({ KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }));
    const { Mac } = await china.send(new GenerateMacCommand({ KeyId, Message: message, MacAlgorithm: 'HMAC_SHA_256' }));
    assert.deepEqual(Buffer.from(Mac!), createHmac('sha256', secret).update(message).digest());
  });

  const openssled = hasOpenssl ? it : it.skip;

  openssled('can be wrapped and checked with openssl alone', async () => {
    const pem = openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], {})!;
    const der = openssl(['pkcs8', '-topk8', '-nocrypt', '-outform', 'DER', '-in', '@key'], { key: pem })!;
    const KeyId = await create('ECC_NIST_P256', 'SIGN_VERIFY');
    const { PublicKey, ImportToken } = await parametersFor(kms, KeyId, { algorithm: 'RSA_AES_KEY_WRAP_SHA_256', wrappingSpec: 'RSA_4096' });
    const aesKey = randomBytes(32);
    const oaep = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256'].flatMap((option) => ['-pkeyopt', option]);
    const wrappedKey = openssl(['pkeyutl', '-encrypt', '-in', '@aes', '-inkey', '@public', '-keyform', 'DER', '-pubin', ...oaep], { aes: aesKey, public: PublicKey! })!;
    const wrap = ['enc', '-id-aes256-wrap-pad', '-iv', 'A65959A6', '-K', aesKey.toString('hex'), '-in', '@der'];
    const EncryptedKeyMaterial = Buffer.concat([wrappedKey, openssl(wrap, { der })!]);
    await kms.send(new ImportKeyMaterialCommand({ KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }));
    const { Signature } = await kms.send(new SignCommand({ KeyId, Message: message, SigningAlgorithm: 'ECDSA_SHA_256' }));
    const check = ['dgst', '-sha256', '-prverify', '@key', '-signature', '@signature', '@message'];
    assert.match(openssl(check, { key: pem, signature: Signature!, message })!.toString(), /Verified OK/);
  }).timeout(60_000);

  const rsa2048 = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const misfits: readonly (readonly [title: string, spec: KeySpec, usage: KeyUsageType, material: Uint8Array])[] = [
    ['a symmetric key of 16 bytes', 'SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', randomBytes(16)],
    ['an HMAC key of another length', 'HMAC_384', 'GENERATE_VERIFY_MAC', randomBytes(64)],
    ['an RSA key of another size', 'RSA_3072', 'SIGN_VERIFY', pkcs8Of(rsa2048)],
    ['a key of another curve', 'ECC_NIST_P384', 'SIGN_VERIFY', pkcs8Of(p256)],
    ['an EC key for an RSA one', 'RSA_2048', 'SIGN_VERIFY', pkcs8Of(p256)],
    ['a private key that is not in PKCS #8', 'RSA_2048', 'SIGN_VERIFY', rsa2048.export({ type: 'pkcs1', format: 'der' })],
    ['a public key', 'ECC_NIST_P256', 'SIGN_VERIFY', spkiOf(p256)],
  ];
  for (const [title, spec, usage, material] of misfits) {
    it(`does not take ${title}`, async () => {
      const KeyId = await create(spec, usage);
      const sent = importMaterial(kms, KeyId, material, {}, { algorithm: 'RSA_AES_KEY_WRAP_SHA_256', wrappingSpec: 'RSA_2048' });
      await assertRefused(sent, 'IncorrectKeyMaterialException', `The key material is not valid for a key of key spec ${spec}.`);
      assert.equal((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.KeyState, 'PendingImport');
    });
  }

  it('keeps what it was over another import of an asymmetric key', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const KeyId = await imported('ECC_NIST_EDWARDS25519', 'SIGN_VERIFY', pkcs8Of(privateKey));
    const other = pkcs8Of(generateKeyPairSync('ed25519').privateKey);
    await assertRefused(
      importMaterial(kms, KeyId, other),
      'IncorrectKeyMaterialException',
      `The key material is not one that was imported into the key ${KeyId} before.`,
    );
    await importMaterial(kms, KeyId, pkcs8Of(createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }))));
    assert.deepEqual(Buffer.from((await kms.send(new GetPublicKeyCommand({ KeyId }))).PublicKey!), spkiOf(privateKey));
  });

  it('wrapped for another key is no ciphertext', async () => {
    const [one, two] = [await create('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'), await create('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT')];
    const [{ ImportToken }, { PublicKey }] = [await parametersFor(kms, one), await parametersFor(kms, two)];
    const EncryptedKeyMaterial = wrapMaterial('RSAES_OAEP_SHA_256', PublicKey!, randomBytes(32));
    const command = new ImportKeyMaterialCommand({ KeyId: one, ImportToken, EncryptedKeyMaterial, ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' });
    await assertRefused(kms.send(command), 'InvalidCiphertextException', '');
  });
});
