import assert from 'node:assert/strict';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateMacCommand,
  GetKeyPolicyCommand,
  GetPublicKeyCommand,
  type KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ReplicateKeyCommand,
  type ReplicateKeyCommandInput,
  ScheduleKeyDeletionCommand,
  SignCommand,
  TagResourceCommand,
  UpdateKeyDescriptionCommand,
  VerifyCommand,
} from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../../emulatorProcess.ts';
import { assertRefused } from '../../support/refusal.ts';
import { withSeed } from '../../support/seedFile.ts';
import { type KeyRing, keyRing, makeKeyRing, passSeconds, type Region, regions } from './keyRing.ts';

const account = '111122223333';
const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }] });
const message = Buffer.from('the same everywhere');

describe('A replica key', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());

  const primary = async (input: CreateKeyCommandInput = {}) => (await kms.send(new CreateKeyCommand({ ...input, MultiRegion: true }))).KeyMetadata!;

  it('is answered as AWS answers it', async () => {
    const { KeyId, Arn } = await primary({ Description: 'of the primary', Tags: [{ TagKey: 'of', TagValue: 'primary' }] });
    const answer = await kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: 'eu-west-1' }));
    const { CreationDate, ...metadata } = answer.ReplicaKeyMetadata!;
    const arn = Arn!.replace('us-east-1', 'eu-west-1');
    assert.ok(Math.abs(CreationDate!.getTime() - Date.now()) < 60_000);
    assert.deepEqual(metadata, {
      AWSAccountId: account,
      Arn: arn,
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      Description: '',
      Enabled: false,
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      KeyId,
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Creating',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: true,
      MultiRegionConfiguration: {
        MultiRegionKeyType: 'REPLICA',
        PrimaryKey: { Arn, Region: 'us-east-1' },
        ReplicaKeys: [{ Arn: arn, Region: 'eu-west-1' }],
      },
      Origin: 'AWS_KMS',
    });
    assert.equal(answer.ReplicaTags, undefined);
    assert.deepEqual(JSON.parse(answer.ReplicaPolicy!), {
      Version: '2012-10-17',
      Id: 'key-default-1',
      Statement: [{ Sid: 'Enable IAM User Permissions', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
    });
  });

  it('gets the description, tags and policy of the request', async () => {
    const { KeyId, Arn } = await primary();
    const Tags = [{ TagKey: 'team', TagValue: 'b' }];
    const answer = await kms.send(new ReplicateKeyCommand({ KeyId: Arn, ReplicaRegion: 'eu-west-1', Description: 'here', Tags, Policy: policy }));
    assert.deepEqual([answer.ReplicaKeyMetadata!.Description, answer.ReplicaTags, answer.ReplicaPolicy], ['here', Tags, policy]);
    const there = emulator.client('eu-west-1');
    assert.deepEqual((await there.send(new ListResourceTagsCommand({ KeyId }))).Tags, Tags);
    assert.equal((await there.send(new GetKeyPolicyCommand({ KeyId }))).Policy, policy);
  });

  it('is being created for a moment, in which it can be managed and not used', async () => {
    const { KeyId, CurrentKeyMaterialId } = await primary();
    const ring = keyRing(emulator, KeyId!);
    const there = ring.client('eu-west-1');
    await kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: 'eu-west-1' }));
    await passSeconds(emulator, -60);
    const refused = `${ring.arn('eu-west-1')} is creating.`;
    await assertRefused(there.send(new EncryptCommand({ KeyId, Plaintext: message })), 'KMSInvalidStateException', refused);
    await assertRefused(there.send(new DisableKeyCommand({ KeyId })), 'KMSInvalidStateException', refused);
    await assertRefused(there.send(new CreateGrantCommand({ KeyId, GranteePrincipal: `arn:aws:iam::${account}:root`, Operations: ['Decrypt'] })), 'KMSInvalidStateException', refused);
    await there.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] }));
    await passSeconds(emulator, 61);
    const { KeyState, Enabled, CurrentKeyMaterialId: material } = await ring.describe('eu-west-1');
    assert.deepEqual([KeyState, Enabled, material], ['Enabled', true, CurrentKeyMaterialId]);
  });

  it('opens what every other Region made, and answers with its own ARN', async () => {
    const ring = await makeKeyRing(emulator);
    for (const from of regions) {
      const { CiphertextBlob } = await ring.client(from).send(new EncryptCommand({ KeyId: ring.keyId, Plaintext: message, EncryptionContext: { a: 'b' } }));
      for (const to of regions) {
        const { KeyId, Plaintext } = await ring.client(to).send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { a: 'b' } }));
        assert.deepEqual([KeyId, Buffer.from(Plaintext!)], [ring.arn(to), message]);
        await ring.client(to).send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { a: 'b' }, KeyId: ring.arn(to) }));
      }
    }
  });

  it('verifies what every other Region signed', async () => {
    const ring = await makeKeyRing(emulator, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const signing = { KeyId: ring.keyId, Message: message, SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    const { Signature } = await ring.client('ap-southeast-2').send(new SignCommand(signing));
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: ring.keyId }));
    for (const region of regions) {
      assert.equal((await ring.client(region).send(new VerifyCommand({ ...signing, Signature }))).SignatureValid, true);
      assert.deepEqual((await ring.client(region).send(new GetPublicKeyCommand({ KeyId: ring.keyId }))).PublicKey, PublicKey);
    }
  });

  it('makes the same MAC as every other Region', async () => {
    const ring = await makeKeyRing(emulator, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const macs = regions.map((region) => ring.client(region).send(new GenerateMacCommand({ KeyId: ring.keyId, Message: message, MacAlgorithm: 'HMAC_SHA_256' })));
    const texts = (await Promise.all(macs)).map(({ Mac }) => Buffer.from(Mac!).toString('hex'));
    assert.equal(new Set(texts).size, 1);
  });

  it('is known to every other Region', async () => {
    const ring = await makeKeyRing(emulator);
    const place = (region: Region) => ({ Arn: ring.arn(region), Region: region });
    for (const region of regions) {
      assert.deepEqual((await ring.describe(region)).MultiRegionConfiguration, {
        MultiRegionKeyType: region === 'us-east-1' ? 'PRIMARY' : 'REPLICA',
        PrimaryKey: place('us-east-1'),
        ReplicaKeys: [place('ap-southeast-2'), place('eu-west-1')],
      });
      const { Keys } = await ring.client(region).send(new ListKeysCommand({ Limit: 1000 }));
      assert.ok(Keys!.some(({ KeyArn }) => KeyArn === ring.arn(region)));
    }
  });

  it('shares nothing that a Region may decide for itself', async () => {
    const ring = await makeKeyRing(emulator);
    const { keyId: KeyId } = ring;
    const there = ring.client('eu-west-1');
    await there.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'there' }));
    await there.send(new PutKeyPolicyCommand({ KeyId, Policy: policy }));
    await there.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'there', TagValue: '' }] }));
    await there.send(new CreateAliasCommand({ AliasName: 'alias/there', TargetKeyId: KeyId }));
    await there.send(new CreateGrantCommand({ KeyId, GranteePrincipal: `arn:aws:iam::${account}:root`, Operations: ['Decrypt'] }));
    await there.send(new DisableKeyCommand({ KeyId }));
    for (const region of ['us-east-1', 'ap-southeast-2'] as const) {
      const client = ring.client(region);
      const { Description, KeyState } = await ring.describe(region);
      assert.deepEqual([Description, KeyState], ['', 'Enabled']);
      assert.notEqual((await client.send(new GetKeyPolicyCommand({ KeyId }))).Policy, policy);
      assert.deepEqual((await client.send(new ListResourceTagsCommand({ KeyId }))).Tags, []);
      assert.deepEqual((await client.send(new ListAliasesCommand({ KeyId }))).Aliases, []);
      assert.deepEqual((await client.send(new ListGrantsCommand({ KeyId }))).Grants, []);
    }
  });

  const identifiers: readonly (readonly [title: string, keyId: (ring: KeyRing) => string, message: (ring: KeyRing) => string])[] = [
    ['an id that only looks like one', () => 'mrk-fake-key-id', () => "Invalid keyId 'mrk-fake-key-id'"],
    ['the id of another key', () => `mrk-${'f'.repeat(32)}`, () => `Key 'arn:aws:kms:ap-northeast-1:111122223333:key/mrk-${'f'.repeat(32)}' does not exist`],
    ['its id in a Region without it', ({ keyId }) => keyId, ({ keyId }) => `Key 'arn:aws:kms:ap-northeast-1:111122223333:key/${keyId}' does not exist`],
    ['its ARN of another Region', (ring) => ring.arn('eu-west-1'), () => 'Invalid arn eu-west-1'],
  ];
  for (const [title, keyId, text] of identifiers) {
    it(`is not found by ${title}`, async () => {
      const ring = await makeKeyRing(emulator);
      const found = emulator.client('ap-northeast-1').send(new DescribeKeyCommand({ KeyId: keyId(ring) }));
      await assertRefused(found, 'NotFoundException', text(ring));
    });
  }

  type Refusal = readonly [title: string, prepare: () => Promise<ReplicateKeyCommandInput>, name: string, message: string | RegExp, region?: Region];
  const refusals: readonly Refusal[] = [
    ['a single-Region key', async () => ({ KeyId: (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.KeyId, ReplicaRegion: 'eu-west-1' }), 'UnsupportedOperationException', /^arn:aws:kms:us-east-1:111122223333:key\/[0-9a-f-]{36} is not a multi-region primary key\.$/],
    ['a replica key', async () => ({ KeyId: (await makeKeyRing(emulator)).keyId, ReplicaRegion: 'us-west-2' }), 'UnsupportedOperationException', /^arn:aws:kms:eu-west-1:111122223333:key\/mrk-[0-9a-f]{32} is not a multi-region primary key\.$/, 'eu-west-1'],
    ['a Region that has one', async () => ({ KeyId: (await makeKeyRing(emulator)).keyId, ReplicaRegion: 'eu-west-1' }), 'AlreadyExistsException', /^The key arn:aws:kms:eu-west-1:\S+ already exists\.$/],
    ['the Region of the primary key', async () => ({ KeyId: (await primary()).KeyId, ReplicaRegion: 'us-east-1' }), 'AlreadyExistsException', /^The key arn:aws:kms:us-east-1:\S+ already exists\.$/],
    ['a Region of another partition', async () => ({ KeyId: (await primary()).KeyId, ReplicaRegion: 'cn-north-1' }), 'ValidationException', 'The Region cn-north-1 is not in the partition aws, in which the primary key is.'],
    ['a text that is no Region', async () => ({ KeyId: (await primary()).KeyId, ReplicaRegion: 'Paris' }), 'ValidationException', /^1 validation error detected: Value 'Paris' at 'replicaRegion' failed to satisfy constraint: Member must satisfy regular expression pattern/],
    ['no Region', async () => ({ KeyId: (await primary()).KeyId, ReplicaRegion: undefined }), 'ValidationException', "1 validation error detected: Value null at 'replicaRegion' failed to satisfy constraint: Member must not be null"],
    ['a policy that is none', async () => ({ KeyId: (await primary()).KeyId, ReplicaRegion: 'eu-west-1', Policy: '{}' }), 'MalformedPolicyDocumentException', 'The policy needs at least one Statement.'],
    ['reserved tags', async () => ({ KeyId: (await primary()).KeyId, ReplicaRegion: 'eu-west-1', Tags: [{ TagKey: 'aws:a', TagValue: '' }] }), 'TagException', 'Tags beginning with aws: are reserved'],
    ['tags with one key', async () => ({ KeyId: (await primary()).KeyId, ReplicaRegion: 'eu-west-1', Tags: [{ TagKey: 'a', TagValue: '' }, { TagKey: 'a', TagValue: '' }] }), 'TagException', 'Duplicate tag keys'],
    ['an alias', async () => ({ KeyId: await Promise.resolve('alias/x'), ReplicaRegion: 'eu-west-1' }), 'NotFoundException', "Invalid keyId 'alias/x'"],
    ['a key that waits for its material', async () => ({ KeyId: (await primary({ Origin: 'EXTERNAL' })).KeyId, ReplicaRegion: 'eu-west-1' }), 'KMSInvalidStateException', /is pending import\.$/],
    [
      'a disabled key, even one that could not be replicated',
      async () => {
        const { KeyId } = (await kms.send(new CreateKeyCommand({}))).KeyMetadata!;
        await kms.send(new DisableKeyCommand({ KeyId }));
        return { KeyId, ReplicaRegion: 'eu-west-1' };
      },
      'DisabledException',
      /is disabled\.$/,
    ],
    [
      'a Region whose replica is pending deletion',
      async () => {
        const { keyId: KeyId } = await makeKeyRing(emulator);
        await emulator.client('eu-west-1').send(new ScheduleKeyDeletionCommand({ KeyId }));
        return { KeyId, ReplicaRegion: 'eu-west-1' };
      },
      'AlreadyExistsException',
      /already exists\.$/,
    ],
  ];
  for (const [title, prepare, name, text, region = 'us-east-1'] of refusals) {
    it(`is not made of ${title}: ${name}`, async () => {
      await assertRefused(emulator.client(region).send(new ReplicateKeyCommand(await prepare())), name, text);
    });
  }
});

describe('A replica of a seed\'s key', () => {
  const keyId = `mrk-${'0'.repeat(32)}`;
  const material = ['11', '22'].map((byte) => ({ hex: byte.repeat(32) }));
  const withKey = (key: object, work: (emulator: EmulatorProcess) => Promise<void>): Promise<void> =>
    withSeed({ keys: [{ id: keyId, spec: 'SYMMETRIC_DEFAULT', ...key }] }, async (seed) => {
      const emulator = await startEmulator({ seed });
      try {
        await work(emulator);
      } finally {
        await emulator.stop();
      }
    });
  const replicate = async (emulator: EmulatorProcess): Promise<KMSClient> => {
    await emulator.client().send(new ReplicateKeyCommand({ KeyId: keyId, ReplicaRegion: 'eu-west-1' }));
    await passSeconds(emulator, 1);
    return emulator.client('eu-west-1');
  };

  it('has the materials from before it was made', async () => {
    let old: Uint8Array | undefined;
    await withKey({ material: material.slice(0, 1) }, async (emulator) => {
      old = (await emulator.client().send(new EncryptCommand({ KeyId: keyId, Plaintext: message }))).CiphertextBlob;
    });
    await withKey({ material }, async (emulator) => {
      const there = await replicate(emulator);
      const { Plaintext, KeyMaterialId } = await there.send(new DecryptCommand({ CiphertextBlob: old }));
      assert.deepEqual(Buffer.from(Plaintext!), message);
      const { CiphertextBlob } = await there.send(new EncryptCommand({ KeyId: keyId, Plaintext: message }));
      const here = await emulator.client().send(new DecryptCommand({ CiphertextBlob }));
      assert.notEqual(here.KeyMaterialId, KeyMaterialId);
    });
  });

  it('waits for its material when that was imported into the primary', () =>
    withKey({ origin: 'EXTERNAL', material: material.slice(0, 1) }, async (emulator) => {
      const { KeyMetadata: primary } = await emulator.client().send(new DescribeKeyCommand({ KeyId: keyId }));
      assert.equal(primary!.KeyState, 'Enabled');
      const there = await replicate(emulator);
      const { KeyMetadata: replica } = await there.send(new DescribeKeyCommand({ KeyId: keyId }));
      assert.deepEqual([replica!.KeyState, replica!.Enabled, replica!.Origin, replica!.ExpirationModel], ['PendingImport', false, 'EXTERNAL', undefined]);
      assert.equal(replica!.CurrentKeyMaterialId, primary!.CurrentKeyMaterialId);
      await assertRefused(there.send(new EncryptCommand({ KeyId: keyId, Plaintext: message })), 'KMSInvalidStateException', `${replica!.Arn!} is pending import.`);
      await emulator.client().send(new EncryptCommand({ KeyId: keyId, Plaintext: message }));
    }));
});
