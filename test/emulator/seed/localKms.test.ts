import assert from 'node:assert/strict';
import { generateKeyPairSync, verify } from 'node:crypto';
import { DecryptCommand, DescribeKeyCommand, EncryptCommand, GenerateMacCommand, GetKeyRotationStatusCommand, GetPublicKeyCommand, type KMSClient, ListAliasesCommand, SignCommand, VerifyMacCommand } from '@aws-sdk/client-kms';
import { readSeed } from '../../../src/emulator/seed/readSeed.ts';
import { StartFailure } from '../../../src/emulator/startFailure.ts';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { withSeed } from '../support/seedFile.ts';

const indented = (pem: string, spaces: number): string => pem.trim().split('\n').map((line) => ' '.repeat(spaces) + line).join('\n');
const ecc = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const eccPem = ecc.privateKey.export({ type: 'sec1', format: 'pem' }).toString();
const rsaPem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const ids = Array.from({ length: 8 }, (_, index) => `0000000${index}-0000-4000-8000-000000000000`);
const [aes, rotated, imported, empty, mac, eccId, rsaId, unnamed] = ids;
const hex = (digit: string, bytes = 32): string => digit.repeat(bytes * 2);

const sections = `
Keys:
  Symmetric:
    Aes:
      - Metadata:
          KeyId: ${aes}
        BackingKeys:
          - ${hex('A')}
      - Metadata:
          KeyId: ${rotated}
          Description: "Your key description"
        NextKeyRotation: "2099-09-12T15:19:21+00:00"
        BackingKeys:
          - ${hex('a')}
          - ${hex('b')}
      - Metadata:
          KeyId: ${imported}
          Origin: EXTERNAL
        BackingKeys:
          - ${hex('c')}
      - Metadata:
          KeyId: ${empty}
          Origin: EXTERNAL
    Hmac:
      - Metadata:
          KeyId: ${mac}
          KeyUsage: GENERATE_VERIFY_MAC
          KeySpec: HMAC_224
        BackingKeys:
          - ${hex('d', 28)}
  Asymmetric:
    Ecc:
      - Metadata:
          KeyId: ${eccId}
          KeyUsage: SIGN_VERIFY
        PrivateKeyPem: |
${indented(eccPem, 10)}
    Rsa:
      - Metadata:
          KeyId: ${rsaId}
          KeyUsage: SIGN_VERIFY # or ENCRYPT_DECRYPT
        PrivateKeyPem: |
${indented(rsaPem, 10)}
Aliases:
  - AliasName: alias/dev
    TargetKeyId: ${aes}
  - AliasName: rsa
    TargetKeyId: arn:aws:kms:eu-west-2:111122223333:key/${rsaId}
`;

const flat = `
Version: 2
Aliases:
  - { AliasName: alias/flat, TargetKeyId: ${aes} }
Keys:
  - KeyId: ${aes}
    Metadata: { KeySpec: SYMMETRIC_DEFAULT, KeyUsage: ENCRYPT_DECRYPT, Description: flat }
    Material: { BackingKeys: [${hex('e')}, ${hex('f')}] }
  - KeyId: ${eccId}
    Metadata: { KeySpec: ECC_NIST_P384, KeyUsage: KEY_AGREEMENT }
    Material:
      PrivateKeyPem: |
${indented(eccPem, 8)}
`;

async function withKeys(seed: string, work: (kms: KMSClient, emulator: EmulatorProcess) => Promise<void>): Promise<void> {
  const emulator = await withSeed(seed, (path) => startEmulator({ seed: path }));
  try {
    await work(emulator.client(), emulator);
  } finally {
    await emulator.stop();
  }
}

describe('A seed of local-kms', () => {
  it('makes keys of every kind, with their ids, material and aliases', () =>
    withKeys(sections, async (kms) => {
      const metadata = await Promise.all(
        ids.slice(0, 7).map(async (KeyId) => {
          const { KeyMetadata: key } = await kms.send(new DescribeKeyCommand({ KeyId }));
          return [key!.KeySpec, key!.KeyUsage, key!.Origin, key!.KeyState, key!.Description];
        }),
      );
      assert.deepEqual(metadata, [
        ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'AWS_KMS', 'Enabled', ''],
        ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'AWS_KMS', 'Enabled', 'Your key description'],
        ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'EXTERNAL', 'Enabled', ''],
        ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'EXTERNAL', 'PendingImport', ''],
        ['HMAC_224', 'GENERATE_VERIFY_MAC', 'AWS_KMS', 'Enabled', ''],
        ['ECC_NIST_P384', 'SIGN_VERIFY', 'AWS_KMS', 'Enabled', ''],
        ['RSA_2048', 'SIGN_VERIFY', 'AWS_KMS', 'Enabled', ''],
      ]);
      const { Aliases } = await kms.send(new ListAliasesCommand({ Limit: 100 }));
      assert.deepEqual(
        Aliases!.filter(({ AliasName }) => !AliasName!.startsWith('alias/aws/')).map(({ AliasName, TargetKeyId }) => [AliasName, TargetKeyId]),
        [['alias/dev', aes], ['alias/rsa', rsaId]],
      );
      const { NextRotationDate } = await kms.send(new GetKeyRotationStatusCommand({ KeyId: rotated }));
      assert.equal(NextRotationDate!.toISOString(), '2099-09-12T15:19:21.000Z');
    }));

  it('makes keys that work', () =>
    withKeys(sections, async (kms) => {
      const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: 'alias/dev', Plaintext: Buffer.from('text') }));
      assert.equal(Buffer.from((await kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext!).toString(), 'text');
      const Message = Buffer.from('message');
      const { Signature } = await kms.send(new SignCommand({ KeyId: eccId, Message, SigningAlgorithm: 'ECDSA_SHA_384' }));
      assert.ok(verify('sha384', Message, ecc.publicKey, Signature!));
      const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: 'alias/rsa' }));
      assert.deepEqual(Buffer.from(PublicKey!), rsa.publicKey.export({ type: 'spki', format: 'der' }));
      const { Mac } = await kms.send(new GenerateMacCommand({ KeyId: mac, Message, MacAlgorithm: 'HMAC_SHA_224' }));
      assert.ok((await kms.send(new VerifyMacCommand({ KeyId: mac, Message, Mac, MacAlgorithm: 'HMAC_SHA_224' }))).MacValid);
    }));

  it('may be in the form of release 4, one list of keys with their specs', () =>
    withKeys(flat, async (kms) => {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/flat' }));
      assert.deepEqual([KeyMetadata!.KeyId, KeyMetadata!.Description], [aes, 'flat']);
      assert.equal((await kms.send(new DescribeKeyCommand({ KeyId: eccId }))).KeyMetadata!.KeyUsage, 'KEY_AGREEMENT');
    }));

  it('may be in the form of the first releases, a list of AES keys', () => {
    const { keys } = readSeed('seed.yaml', `Keys:\n  - Metadata: { KeyId: ${unnamed} }\n    BackingKeys: [${hex('e')}]`, { accountId: '111122223333', region: 'eu-west-2' });
    assert.deepEqual(keys.map(({ keyId, spec, region, material }) => [keyId, spec, region, material.length]), [[unnamed, 'SYMMETRIC_DEFAULT', 'eu-west-2', 1]]);
  });

  const symmetric = (members: string): string => `Keys:\n  Symmetric:\n    Aes:\n      - ${members}`;
  const mistakes: readonly (readonly [title: string, text: string, message: string])[] = [
    ['an id that AWS does not have', symmetric('Metadata: { KeyId: one }'), 'seed.yaml, line 4: Keys.Symmetric.Aes[0].Metadata.KeyId has to be a UUID'],
    ['material of another length', symmetric(`{ Metadata: { KeyId: ${aes} }, BackingKeys: [secret] }`), 'seed.yaml, line 4: Keys.Symmetric.Aes[0].BackingKeys[0] is not hex.'],
    ['a private key that is none', `Keys:\n  Asymmetric:\n    Rsa:\n      - { Metadata: { KeyId: ${aes} }, PrivateKeyPem: secret }`, 'seed.yaml, line 4: Keys.Asymmetric.Rsa[0].PrivateKeyPem is not'],
    ['an alias of no key', `Aliases:\n  - { AliasName: alias/a, TargetKeyId: ${aes} }`, 'seed.yaml, line 2: Aliases[0].TargetKeyId is not a key of this file.'],
    ['a date that is none', symmetric(`{ Metadata: { KeyId: ${aes} }, NextKeyRotation: soon, BackingKeys: [${hex('e')}] }`), 'seed.yaml, line 4: Keys.Symmetric.Aes[0].NextKeyRotation has to be a date'],
  ];
  for (const [title, text, message] of mistakes) {
    it(`is refused for ${title}, without the value`, () => {
      assert.throws(
        () => readSeed('seed.yaml', text, { accountId: '111122223333', region: 'us-east-1' }),
        (error: unknown) => {
          assert.ok(error instanceof StartFailure);
          assert.ok(error.message.startsWith(message), error.message);
          assert.doesNotMatch(error.message, /secret/);
          return true;
        },
      );
    });
  }
});
