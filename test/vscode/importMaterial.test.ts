import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { CreateKeyCommand, DecryptCommand, DescribeKeyCommand, EncryptCommand, GetPublicKeyCommand, KMSClient, type KeySpec, type KeyUsageType, RotateKeyOnDemandCommand } from '@aws-sdk/client-kms';
import { keyServiceFactory } from '../../src/aws/main.ts';
import { type CliCall, cliText } from '../../src/core/kms/cliCommand.ts';
import type { KeyService } from '../../src/core/kms/service/keyService.ts';
import { importMaterial } from '../../src/features/keyPanel/material/importMaterial.ts';
import type { MaterialQuestions, MaterialSource } from '../../src/features/keyPanel/material/materialQuestions.ts';
import { wrappingsOf } from '../../src/features/keyPanel/material/wrappings.ts';
import type { ImportKind } from '../../src/protocol/keyPanel.ts';
import { suiteVariable } from './suiteEnvironment.ts';

const region = 'us-east-1';
const address = {
  endpoint: suiteVariable('KMS_EXPLORER_TEST_ENDPOINT'),
  region,
  accessKeyId: suiteVariable('KMS_EXPLORER_TEST_ACCESS_KEY_ID'),
  secretAccessKey: suiteVariable('KMS_EXPLORER_TEST_SECRET_ACCESS_KEY'),
};
const hex = 'a1'.repeat(32);
const otherHex = 'b2'.repeat(32);

/** Answers as a user would who wants what is given, and the recommended rest. */
function answers(given: Partial<MaterialQuestions>): MaterialQuestions {
  return {
    source: () => Promise.resolve('text'),
    wrapping: ([first]) => Promise.resolve(first),
    expiry: () => Promise.resolve(null),
    description: () => Promise.resolve(''),
    file: () => Promise.resolve(undefined),
    text: () => Promise.resolve(hex),
    wantsCopy: () => Promise.resolve(false),
    showOnce: () => Promise.resolve(true),
    confirmDeletion: () => Promise.resolve(true),
    whileWaiting: (task) => task(new AbortController().signal),
    ...given,
  };
}

describe('Importing key material', () => {
  const kms = new KMSClient({ region, endpoint: address.endpoint, credentials: address });
  let service: KeyService;

  before(async () => {
    service = await keyServiceFactory.connect({ kind: 'emulator', address });
  });
  after(() => {
    service.dispose();
    kms.destroy();
  });

  async function createKey(spec: KeySpec = 'SYMMETRIC_DEFAULT', usage: KeyUsageType = 'ENCRYPT_DECRYPT'): Promise<string> {
    return (await kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL', KeySpec: spec, KeyUsage: usage }))).KeyMetadata?.Arn ?? '';
  }

  async function run(keyId: string, given: Partial<MaterialQuestions>, kind: ImportKind = 'first', keySpec = 'SYMMETRIC_DEFAULT'): Promise<readonly CliCall[]> {
    return importMaterial({ service, key: { region, keyId }, keySpec, kind, ask: answers(given) });
  }

  async function stateOf(keyId: string): Promise<string | undefined> {
    return (await kms.send(new DescribeKeyCommand({ KeyId: keyId }))).KeyMetadata?.KeyState;
  }

  for (const wrapping of wrappingsOf('SYMMETRIC_DEFAULT', region)) {
    it(`reaches KMS with ${wrapping.algorithm} and ${wrapping.wrappingKeySpec}`, async () => {
      const keyId = await createKey();
      await run(keyId, { wrapping: () => Promise.resolve(wrapping) });
      assert.equal(await stateOf(keyId), 'Enabled');
    });
  }

  const generated: readonly (readonly [KeySpec, KeyUsageType])[] = [
    ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
    ['HMAC_224', 'GENERATE_VERIFY_MAC'],
    ['HMAC_512', 'GENERATE_VERIFY_MAC'],
    ['RSA_2048', 'SIGN_VERIFY'],
    ['ECC_NIST_P256', 'SIGN_VERIFY'],
    ['ECC_NIST_P521', 'KEY_AGREEMENT'],
    ['ECC_NIST_EDWARDS25519', 'SIGN_VERIFY'],
  ];
  for (const [spec, usage] of generated) {
    it(`generates material that KMS takes for ${spec}`, async () => {
      const keyId = await createKey(spec, usage);
      await run(keyId, { source: () => Promise.resolve('generate') }, 'first', spec);
      assert.equal(await stateOf(keyId), 'Enabled');
    });
  }

  it('brings in the very key of a file', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
    const file = Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const keyId = await createKey('ECC_NIST_P384', 'SIGN_VERIFY');
    await run(keyId, { source: () => Promise.resolve('file'), file: () => Promise.resolve(file) }, 'first', 'ECC_NIST_P384');
    const { PublicKey: spki } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
    assert.deepEqual(Buffer.from(spki ?? []), publicKey.export({ type: 'spki', format: 'der' }));
    assert.ok(file.every((byte) => byte === 0));
  });

  it('shows generated material once when it is asked to, and the copy brings the key back', async () => {
    const keyId = await createKey();
    let shown = '';
    const showOnce = (base64: string): Promise<boolean> => {
      shown = base64;
      return Promise.resolve(true);
    };
    await run(keyId, { source: () => Promise.resolve('generate'), wantsCopy: () => Promise.resolve(true), showOnce });
    const { CiphertextBlob: ciphertext } = await kms.send(new EncryptCommand({ KeyId: keyId, Plaintext: Buffer.from('kept') }));
    await service.deleteImportedKeyMaterial({ region, keyId }, undefined, new AbortController().signal);
    assert.equal(await stateOf(keyId), 'PendingImport');
    await run(keyId, { text: () => Promise.resolve(shown) }, 'again');
    const { Plaintext: plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: ciphertext }));
    assert.equal(Buffer.from(plaintext ?? []).toString(), 'kept');
  });

  it('tells expiry and description, and rotates to new material', async () => {
    const keyId = await createKey();
    const validTo = Date.now() + 86_400_000;
    await run(keyId, { expiry: () => Promise.resolve(validTo), description: () => Promise.resolve('of spring') });
    await run(keyId, { text: () => Promise.resolve(otherHex) }, 'new');
    await kms.send(new RotateKeyOnDemandCommand({ KeyId: keyId }));
    const materials = await service.listKeyRotations({ region, keyId }, true, new AbortController().signal);
    const first = materials.find(({ keyMaterialDescription: text }) => text === 'of spring');
    assert.deepEqual([materials.length, Math.round((first?.validTo ?? 0) / 1000)], [2, Math.round(validTo / 1000)]);
  });

  it('offers no new material where the same one is wanted again', async () => {
    let offered: readonly MaterialSource[] = [];
    const keyId = await createKey();
    await run(keyId, {});
    await run(keyId, { source: (choices) => { offered = choices; return Promise.resolve('text'); } }, 'again');
    assert.deepEqual(offered, ['file', 'text']);
  });

  it('passes on what KMS says of other material than before, without quoting it', async () => {
    const keyId = await createKey();
    await run(keyId, {});
    await assert.rejects(run(keyId, { text: () => Promise.resolve(otherHex) }, 'again'), (error: Error) => !error.message.includes(otherHex) && error.message.includes('ImportKeyMaterial'));
  });

  it('gives the calls without any material', async () => {
    const text = (await run(await createKey(), {})).map(cliText).join('\n');
    assert.match(text, /get-parameters-for-import [^]*import-key-material .*fileb:\/\/EncryptedKeyMaterial\.bin/);
    assert.doesNotMatch(text, new RegExp(hex));
  });

  const leaving: readonly (keyof MaterialQuestions)[] = ['source', 'wrapping', 'expiry', 'description', 'text'];
  for (const question of leaving) {
    it(`imports nothing when the user leaves at the ${question}`, async () => {
      const keyId = await createKey();
      await assert.rejects(run(keyId, { [question]: () => Promise.resolve(undefined) }), { code: 'CANCELLED' });
      assert.equal(await stateOf(keyId), 'PendingImport');
    });
  }

  it('imports nothing when the user leaves instead of keeping the copy they asked for', async () => {
    const keyId = await createKey();
    const given = { source: () => Promise.resolve('generate' as const), wantsCopy: () => Promise.resolve(true), showOnce: () => Promise.resolve(false) };
    await assert.rejects(run(keyId, given), { code: 'CANCELLED' });
    assert.equal(await stateOf(keyId), 'PendingImport');
  });
});
