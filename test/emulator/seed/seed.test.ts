import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeKeyCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand, ListAliasesCommand, ListKeysCommand, UpdateKeyDescriptionCommand } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { readSeed } from '../../../src/emulator/seed/readSeed.ts';
import { StartFailure } from '../../../src/emulator/startFailure.ts';
import { EmulatorStartError, startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { withDataFolder } from '../support/dataFolder.ts';
import { sampleSeed } from '../support/sampleSeed.ts';

const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];

async function keysOf(emulator: EmulatorProcess): Promise<string[]> {
  const pages = await Promise.all(regions.map((region) => emulator.client(region).send(new ListKeysCommand({}))));
  return pages.flatMap(({ Keys }) => Keys!.map(({ KeyArn }) => KeyArn!));
}

describe('The sample seed', () => {
  it('makes keys in every state and of every kind, in three Regions', async () => {
    const emulator = await startEmulator({ seed: sampleSeed });
    try {
      const described = await Promise.all(
        (await keysOf(emulator)).map(async (arn) => {
          const { KeyMetadata } = await emulator.client(arn.split(':')[3]).send(new DescribeKeyCommand({ KeyId: arn }));
          return KeyMetadata!;
        }),
      );
      const kinds = (member: 'KeyState' | 'KeySpec' | 'KeyManager' | 'Origin'): string[] => [...new Set(described.map((key) => key[member]!))].sort();
      assert.deepEqual(kinds('KeyState'), ['Disabled', 'Enabled', 'PendingDeletion', 'PendingImport']);
      assert.deepEqual(kinds('KeySpec'), ['ECC_NIST_P256', 'ECC_NIST_P384', 'HMAC_256', 'RSA_2048', 'RSA_3072', 'SYMMETRIC_DEFAULT']);
      assert.deepEqual(kinds('KeyManager'), ['AWS', 'CUSTOMER']);
      assert.deepEqual(kinds('Origin'), ['AWS_KMS', 'EXTERNAL']);
      const multiRegion = described.filter((key) => key.MultiRegion).map((key) => key.MultiRegionConfiguration!.MultiRegionKeyType);
      assert.deepEqual(multiRegion.sort(), ['PRIMARY', 'REPLICA']);
    } finally {
      await emulator.stop();
    }
  });

  it('changes nothing when it is loaded again, not even what was changed since', () =>
    withDataFolder(async (folder) => {
      const args = ['--data', folder];
      const first = await startEmulator({ args, seed: sampleSeed });
      const before = await keysOf(first);
      const { KeyMetadata } = await first.client().send(new DescribeKeyCommand({ KeyId: 'alias/orders/config' }));
      await first.client().send(new UpdateKeyDescriptionCommand({ KeyId: KeyMetadata!.KeyId!, Description: 'mine' }));
      await first.stop();
      const second = await startEmulator({ args, seed: sampleSeed });
      const after = await second.client().send(new DescribeKeyCommand({ KeyId: 'alias/orders/config' }));
      assert.deepEqual(await keysOf(second), before);
      assert.deepEqual(after.KeyMetadata, { ...KeyMetadata, Description: 'mine' });
      await second.stop();
    }));

  it('knows its access keys, its policy and its rotation', async () => {
    const emulator = await startEmulator({ seed: sampleSeed });
    try {
      const { endpoint, region } = emulator.ready;
      const sts = new STSClient({ endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
      const { Arn, Account } = await sts.send(new GetCallerIdentityCommand({}));
      sts.destroy();
      assert.deepEqual([Arn, Account], ['arn:aws:iam::111122223333:root', '111122223333']);
      const kms = emulator.client();
      const { Aliases } = await kms.send(new ListAliasesCommand({ Limit: 100 }));
      const KeyId = Aliases!.find(({ AliasName }) => AliasName === 'alias/orders/config')!.TargetKeyId;
      const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId }));
      assert.equal((JSON.parse(Policy!) as { Statement: unknown[] }).Statement.length, 5);
      assert.equal((await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled, true);
    } finally {
      await emulator.stop();
    }
  });
});

describe('A seed with a mistake', () => {
  const material = 'c2VjcmV0LWxvb2tpbmctdGV4dA==';
  const cases: readonly (readonly [title: string, text: string, message: string])[] = [
    ['that is no YAML', 'keys: [\n  {', 'seed.yaml, line 2, column 4: the file is not valid YAML or JSON'],
    ['in a member name', 'keys:\n  - spec: SYMMETRIC_DEFAULT\n    colour: red', 'seed.yaml, line 3: keys[0].colour is not known here.'],
    ['in a spec', 'keys:\n  - spec: AES', 'seed.yaml, line 2: keys[0].spec has to be one of SYMMETRIC_DEFAULT'],
    ['in an id', 'keys:\n  - { spec: SYMMETRIC_DEFAULT,\n      id: one }', 'seed.yaml, line 3: keys[0].id has to be a UUID'],
    ['in the length of material', `keys:\n  - spec: SYMMETRIC_DEFAULT\n    material: [{ base64: ${material} }]`, 'seed.yaml, line 3: keys[0].material[0].base64 holds 19 bytes, but material of SYMMETRIC_DEFAULT has 32.'],
    ['in the encoding of material', 'keys:\n  - spec: SYMMETRIC_DEFAULT\n    material: [{ hex: secret-looking-text }]', 'seed.yaml, line 3: keys[0].material[0].hex is not hex.'],
    ['in a private key', 'keys:\n  - spec: ECC_NIST_P256\n    usage: SIGN_VERIFY\n    material: [{ pem: secret-looking-text }]', 'seed.yaml, line 4: keys[0].material[0].pem is not a private key in PEM.'],
    ['in a usage that a spec needs', 'keys:\n  - { spec: RSA_2048, aliases: [alias/a] }', 'seed.yaml, line 2: keys[0].usage has to be a text.'],
    ['in a key that could not be known again', 'keys:\n  - spec: SYMMETRIC_DEFAULT', 'seed.yaml, line 2: keys[0] needs an id or an alias'],
    ['in a rotation', 'keys:\n  - { spec: HMAC_256, aliases: [alias/a], rotationPeriodDays: 90 }', 'seed.yaml, line 2: keys[0].rotationPeriodDays is for symmetric keys'],
    ['in a policy', 'keys:\n  - spec: SYMMETRIC_DEFAULT\n    policy: { Statement: [] }', 'seed.yaml, line 3: keys[0].policy is not a key policy. The policy needs at least one Statement.'],
    ['in an account id', 'accounts:\n  12: { accessKeys: [] }', 'seed.yaml, line 2: accounts.12 has to be under an account id of 12 digits'],
    ['in a service', 'serviceKeys: [{ service: pizza }]', 'seed.yaml, line 1: serviceKeys[0].service has to be one of acm'],
    ['in a role', "accounts:\n  '111122223333':\n    roles: { deploy: {} }", 'seed.yaml, line 3: accounts.111122223333.roles.deploy needs a trust policy'],
    ['in the secret of a proxy', 'customKeyStores:\n  - name: outside\n    type: EXTERNAL_KEY_STORE\n    XksProxyAuthenticationCredential:\n      { AccessKeyId: AAAAAAAAAAAAAAAAAAAA, RawSecretAccessKey: secret-looking-text }', 'seed.yaml, line 5: customKeyStores[0].XksProxyAuthenticationCredential.RawSecretAccessKey has to have 43 to 64 characters.'],
    ['in the store of a key', 'keys:\n  - spec: SYMMETRIC_DEFAULT\n    aliases: [alias/a]\n    customKeyStoreId: cks-1234567890abcdef0', 'seed.yaml, line 4: keys[0].customKeyStoreId is not the id of one of customKeyStores.'],
    ['in the kind of a list', 'keys: {}', 'seed.yaml, line 1: keys has to be a list.'],
  ];
  for (const [title, text, message] of cases) {
    it(`${title} is pointed at, and no value is shown`, () => {
      assert.throws(
        () => readSeed('seed.yaml', text, { accountId: '111122223333', region: 'us-east-1' }),
        (error: unknown) => {
          assert.ok(error instanceof StartFailure);
          assert.equal(error.code, 'BAD_SEED');
          assert.ok(error.message.startsWith(message), error.message);
          assert.doesNotMatch(error.message, /secret-looking|c2VjcmV0/);
          return true;
        },
      );
    });
  }

  it('ends the process with the same words', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kms-explorer-test-'));
    const seed = join(folder, 'seed.json');
    writeFileSync(seed, '{"keys":[{"spec":"AES"}]}');
    const started: unknown = await startEmulator({ seed }).catch((error: unknown) => error);
    rmSync(folder, { recursive: true });
    assert.ok(started instanceof EmulatorStartError);
    assert.equal(started.failed.code, 'BAD_SEED');
    assert.match(started.failed.message, /seed\.json, line 1: keys\[0\]\.spec has to be one of/);
  });

  it('in two keys with one alias ends the process, and leaves none of its keys behind', () =>
    withDataFolder(async (data) => {
      const folder = mkdtempSync(join(tmpdir(), 'kms-explorer-test-'));
      const seed = join(folder, 'seed.json');
      const keys = ['1', '2'].map((digit) => ({ id: `1234abcd-12ab-34cd-56ef-12345678900${digit}`, spec: 'SYMMETRIC_DEFAULT', aliases: ['alias/same'] }));
      writeFileSync(seed, JSON.stringify({ keys }));
      const started: unknown = await startEmulator({ seed, args: ['--data', data] }).catch((error: unknown) => error);
      rmSync(folder, { recursive: true });
      assert.ok(started instanceof EmulatorStartError);
      assert.equal(started.failed.code, 'BAD_SEED');
      assert.match(started.failed.message, /alias\/same to the key .* but another key has that alias already/);
      const emulator = await startEmulator({ args: ['--data', data] });
      assert.deepEqual(await keysOf(emulator), []);
      await emulator.stop();
    }));
});
