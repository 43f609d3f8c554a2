import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import {
  CreateGrantCommand,
  type CreateGrantCommandInput,
  type CreateGrantCommandOutput,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  type GrantOperation,
  type KMSClient,
  ListGrantsCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { enumValues } from '../../../../src/emulator/shapes/operationShapes.ts';
import { startEmulator, type EmulatorProcess } from '../../emulatorProcess.ts';
import { withDataFolder } from '../../support/dataFolder.ts';
import { assertRefused } from '../../support/refusal.ts';

const account = '111122223333';
const role = `arn:aws:iam::${account}:role/app`;
const sourceArn = `arn:aws:dynamodb:us-east-1:${account}:table/orders`;

const kinds = {
  symmetric: {},
  encrypting: { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' },
  signing: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
  mac: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
  agreeing: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' },
} as const satisfies Record<string, CreateKeyCommandInput>;

type Kind = keyof typeof kinds;
type Grant = Partial<CreateGrantCommandInput>;

const always: readonly GrantOperation[] = ['CreateGrant', 'DescribeKey', 'RetireGrant'];
const operations: Readonly<Record<Kind, readonly GrantOperation[]>> = {
  symmetric: [
    ...always, 'Decrypt', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext',
    'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo',
  ],
  encrypting: [...always, 'Decrypt', 'Encrypt', 'GetPublicKey', 'ReEncryptFrom', 'ReEncryptTo'],
  signing: [...always, 'GetPublicKey', 'Sign', 'Verify'],
  mac: [...always, 'GenerateMac', 'VerifyMac'],
  agreeing: [...always, 'DeriveSharedSecret', 'GetPublicKey'],
};

const pairs = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));

describe('CreateGrant', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  let ids: Record<Kind, string>;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
    const made = Object.entries(kinds).map(async ([kind, input]) => [kind, (await kms.send(new CreateKeyCommand(input))).KeyMetadata!.Arn!] as const);
    ids = Object.fromEntries(await Promise.all(made)) as Record<Kind, string>;
  });
  after(() => emulator.stop());

  const create = (grant: Grant, kind: Kind = 'symmetric'): Promise<CreateGrantCommandOutput> =>
    kms.send(new CreateGrantCommand({ KeyId: ids[kind], GranteePrincipal: role, Operations: ['Decrypt'], ...grant }));
  const entry = async (grantId: string, kind: Kind = 'symmetric') =>
    (await kms.send(new ListGrantsCommand({ KeyId: ids[kind], GrantId: grantId }))).Grants![0]!;

  for (const [kind, expected] of Object.entries(operations) as [Kind, readonly GrantOperation[]][]) {
    it(`permits on a ${kind} key what such a key can do, and nothing else`, async () => {
      for (const operation of enumValues.GrantOperation) {
        // CreateGrant alone makes no grant, on any key.
        const asked = create({ Operations: operation === 'CreateGrant' ? ['CreateGrant', 'DescribeKey'] : [operation] }, kind);
        if (expected.includes(operation)) assert.match((await asked).GrantId!, /^[0-9a-f]{64}$/, operation);
        else await assertRefused(asked, 'ValidationException', new RegExp(`cannot permit ${operation}\\.$`));
      }
    });
  }

  const accepted: readonly (readonly [title: string, grant: Grant, listed: object])[] = [
    ['nothing but its grantee', {}, { Name: '', GranteePrincipal: role, Operations: ['Decrypt'] }],
    ['a name', { Name: 'app:read/1' }, { Name: 'app:read/1', GranteePrincipal: role, Operations: ['Decrypt'] }],
    [
      'an operation named twice',
      { Operations: ['Encrypt', 'Decrypt', 'Encrypt'] },
      { Name: '', GranteePrincipal: role, Operations: ['Encrypt', 'Decrypt'] },
    ],
    [
      'a retiring principal and a context',
      { RetiringPrincipal: `arn:aws:iam::${account}:root`, Constraints: { EncryptionContextEquals: pairs(8) } },
      { Name: '', GranteePrincipal: role, RetiringPrincipal: `arn:aws:iam::${account}:root`, Operations: ['Decrypt'], Constraints: { EncryptionContextEquals: pairs(8) } },
    ],
    [
      'a service for its grantee',
      { GranteePrincipal: undefined, GranteeServicePrincipal: 'dynamodb.amazonaws.com', RetiringServicePrincipal: 'dynamodb.us-east-1.amazonaws.com', Constraints: { SourceArn: sourceArn, EncryptionContextSubset: { v: 'x'.repeat(384) } } },
      { Name: '', GranteeServicePrincipal: 'dynamodb.amazonaws.com', RetiringServicePrincipal: 'dynamodb.us-east-1.amazonaws.com', Operations: ['Decrypt'], Constraints: { SourceArn: sourceArn, EncryptionContextSubset: { v: 'x'.repeat(384) } } },
    ],
    ['no constraint in its constraints', { Constraints: {} }, { Name: '', GranteePrincipal: role, Operations: ['Decrypt'] }],
  ];
  for (const [title, grant, listed] of accepted) {
    it(`keeps a grant with ${title} as it was asked for`, async () => {
      const { GrantId } = await create(grant);
      const { CreationDate, ...rest } = await entry(GrantId!);
      assert.ok(Math.abs(CreationDate!.getTime() - Date.now()) < 60_000);
      assert.deepEqual(rest, { ...listed, KeyId: ids.symmetric, GrantId, IssuingAccount: `arn:aws:iam::${account}:root` });
    });
  }

  const principals = [
    `arn:aws:iam::${account}:root`,
    'arn:aws:iam::444455556666:user/team/alice',
    'arn:aws:iam::444455556666:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
    `arn:aws:sts::${account}:assumed-role/app/i-0123456789`,
    `arn:aws:sts::${account}:federated-user/bob@example.com`,
    `arn:aws-cn:iam::${account}:role/app`,
  ];
  for (const principal of principals) {
    it(`takes ${principal} for a principal`, async () => {
      const { GrantId } = await create({ GranteePrincipal: principal, RetiringPrincipal: principal });
      const { GranteePrincipal, RetiringPrincipal } = await entry(GrantId!);
      assert.deepEqual([GranteePrincipal, RetiringPrincipal], [principal, principal]);
    });
  }

  const noPrincipals = [
    account,
    'alice',
    'sns.amazonaws.com',
    `arn:aws:iam::${account}:group/team`,
    `arn:aws:iam::${account}:role/`,
    'arn:aws:iam::1234:role/app',
    `arn:aws:sts::${account}:assumed-role/app`,
    `arn:aws:s3::${account}:role/app`,
  ];
  for (const principal of noPrincipals) {
    it(`does not take ${principal} for a principal`, async () => {
      const text = `ARN does not refer to a valid principal: ${principal}`;
      await assertRefused(create({ GranteePrincipal: principal }), 'InvalidArnException', text);
      await assertRefused(create({ RetiringPrincipal: principal }), 'InvalidArnException', text);
    });
  }

  const service = { GranteePrincipal: undefined, GranteeServicePrincipal: 'dynamodb.amazonaws.com' };
  const context = { EncryptionContextSubset: { a: 'b' } };
  const refusals: readonly (readonly [title: string, grant: Grant, name: string, message: string | RegExp, kind?: Kind])[] = [
    ['no operation', { Operations: [] }, 'ValidationException', "1 validation error detected: Value at 'operations' failed to satisfy constraint: Member must have length greater than or equal to 1"],
    ['an operation that no grant has', { Operations: ['CreateKey' as GrantOperation] }, 'ValidationException', /^1 validation error detected: Value 'CreateKey' at 'operations\.1\.member' failed to satisfy constraint: Member must satisfy enum value set: \[CreateGrant, /],
    ['nothing but the right to grant', { Operations: ['CreateGrant'] }, 'ValidationException', 'Grants must not contain only the CreateGrant operation.'],
    ['a name with a space', { Name: 'a b' }, 'ValidationException', /at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern/],
    ['no grantee', { GranteePrincipal: undefined }, 'ValidationException', 'You must specify either GranteePrincipal or GranteeServicePrincipal.'],
    ['two grantees', { GranteeServicePrincipal: 'dynamodb.amazonaws.com' }, 'ValidationException', 'You can specify either GranteePrincipal or GranteeServicePrincipal, but not both.'],
    ['two retiring principals', { RetiringPrincipal: role, RetiringServicePrincipal: 'dynamodb.amazonaws.com' }, 'ValidationException', 'You can specify either RetiringPrincipal or RetiringServicePrincipal, but not both.'],
    ['a service without a source', { ...service, RetiringPrincipal: role }, 'ValidationException', 'A grant with a GranteeServicePrincipal needs a SourceArn grant constraint.'],
    ['a service that nobody retires', { ...service, Constraints: { SourceArn: sourceArn } }, 'ValidationException', 'A grant with a GranteeServicePrincipal needs a RetiringPrincipal or a RetiringServicePrincipal.'],
    ['a service that is none', { ...service, GranteeServicePrincipal: 'dynamodb' }, 'ValidationException', 'dynamodb is not a service principal.'],
    ['a source that is no ARN', { Constraints: { SourceArn: 'x'.repeat(20) } }, 'InvalidArnException', `Invalid arn ${'x'.repeat(20)}`],
    ['two encryption contexts', { Constraints: { ...context, EncryptionContextEquals: { a: 'b' } } }, 'ValidationException', 'More than one constraint supplied'],
    ['nine pairs', { Constraints: { EncryptionContextSubset: pairs(9) } }, 'ValidationException', 'A grant constraint may have at most 8 encryption context pairs.'],
    ['a value of 385 characters', { Constraints: { EncryptionContextEquals: { key: 'secret'.padEnd(385, 'x') } } }, 'ValidationException', 'The value of key in a grant constraint may have at most 384 characters.'],
    ['a context for an asymmetric key', { Constraints: context }, 'ValidationException', 'Encryption context constraints are supported only for symmetric encryption keys.', 'encrypting'],
    ['a context for an HMAC key', { Operations: ['GenerateMac'], Constraints: context }, 'ValidationException', 'Encryption context constraints are supported only for symmetric encryption keys.', 'mac'],
    ['a token that is none', { GrantTokens: ['bm90IGEgdG9rZW4='] }, 'InvalidGrantTokenException', 'The grant token is not valid.'],
    ['eleven tokens', { GrantTokens: Array.from({ length: 11 }, () => 'x') }, 'ValidationException', "1 validation error detected: Value at 'grantTokens' failed to satisfy constraint: Member must have length less than or equal to 10"],
    ['a dry run that would succeed', { DryRun: true }, 'DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.'],
    ['a dry run that would fail', { DryRun: true, Operations: ['Sign'] }, 'ValidationException', /cannot permit Sign\.$/],
  ];
  for (const [title, grant, name, message, kind = 'symmetric'] of refusals) {
    it(`refuses ${title} with ${name}, and makes nothing`, async () => {
      const before = (await kms.send(new ListGrantsCommand({ KeyId: ids[kind], Limit: 100 }))).Grants!.length;
      await assertRefused(create(grant, kind), name, message);
      assert.equal((await kms.send(new ListGrantsCommand({ KeyId: ids[kind], Limit: 100 }))).Grants!.length, before);
    });
  }

  it('takes an ARN for a source on a key of any kind', async () => {
    const { GrantId } = await create({ Operations: ['Sign'], Constraints: { SourceArn: sourceArn } }, 'signing');
    assert.deepEqual((await entry(GrantId!, 'signing')).Constraints, { SourceArn: sourceArn });
  });

  it('answers a request that says the same again with the same grant and another token', async () => {
    const grant: Grant = { Name: 'again', Operations: ['Encrypt', 'Decrypt'], Constraints: { EncryptionContextSubset: { a: '1', b: '2' } } };
    const first = await create(grant);
    const second = await create({ ...grant, Operations: ['Decrypt', 'Encrypt'], Constraints: { EncryptionContextSubset: { b: '2', a: '1' } } });
    assert.equal(second.GrantId, first.GrantId);
    assert.notEqual(second.GrantToken, first.GrantToken);
    assert.match(first.GrantToken!, /^[A-Za-z0-9+/]+={0,2}$/);
    await assertRefused(create({ ...grant, DryRun: true }), 'DryRunOperationException', /would have succeeded/);
  });

  const changes: readonly (readonly [title: string, change: Grant])[] = [
    ['another grantee', { GranteePrincipal: `${role}2` }],
    ['another retiring principal', { RetiringPrincipal: role }],
    ['more operations', { Operations: ['Decrypt', 'Encrypt'] }],
    ['another kind of constraint', { Constraints: { EncryptionContextEquals: { a: '1' } } }],
    ['another context', { Constraints: { EncryptionContextSubset: { a: '2' } } }],
    ['a source', { Constraints: { EncryptionContextSubset: { a: '1' }, SourceArn: sourceArn } }],
    ['no name', { Name: undefined }],
  ];
  for (const [title, change] of changes) {
    it(`makes another grant for the same name with ${title}`, async () => {
      const grant: Grant = { Name: 'changing', Constraints: { EncryptionContextSubset: { a: '1' } } };
      const first = await create(grant);
      assert.notEqual((await create({ ...grant, ...change })).GrantId, first.GrantId);
    });
  }

  it('makes another grant for every request without a name', async () => {
    assert.notEqual((await create({})).GrantId, (await create({})).GrantId);
  });

  it('gives tokens that every operation takes, before and after their grant is gone', async () => {
    const { GrantToken } = await create({});
    const GrantTokens = [GrantToken!];
    await kms.send(new DescribeKeyCommand({ KeyId: ids.symmetric, GrantTokens }));
    await kms.send(new EncryptCommand({ KeyId: ids.symmetric, Plaintext: Buffer.from('x'), GrantTokens }));
    const flipped = GrantToken!.startsWith('A') ? `B${GrantToken!.slice(1)}` : `A${GrantToken!.slice(1)}`;
    const broken = kms.send(new EncryptCommand({ KeyId: ids.symmetric, Plaintext: Buffer.from('x'), GrantTokens: [GrantToken!, flipped] }));
    await assertRefused(broken, 'InvalidGrantTokenException', 'The grant token is not valid.');
  });

  it('follows the state of the key', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const request = new CreateGrantCommand({ KeyId: KeyMetadata!.KeyId, GranteePrincipal: role, Operations: ['Sign'] });
    await kms.send(new DisableKeyCommand({ KeyId: KeyMetadata!.KeyId }));
    await assertRefused(kms.send(request), 'DisabledException', `${KeyMetadata!.Arn!} is disabled.`);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: KeyMetadata!.KeyId }));
    await assertRefused(kms.send(request), 'KMSInvalidStateException', `${KeyMetadata!.Arn!} is pending deletion.`);
    const { KeyMetadata: waiting } = await kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL' }));
    await assertRefused(kms.send(new CreateGrantCommand({ ...request.input, KeyId: waiting!.KeyId })), 'KMSInvalidStateException', `${waiting!.Arn!} is pending import.`);
  });
});

describe('A key with 50,000 grants', () => {
  it('gets no more of them, though a request that says the same again is answered', () =>
    withDataFolder(async (folder) => {
      const args = ['--data', folder];
      const first = await startEmulator({ args });
      const { KeyMetadata } = await first.client().send(new CreateKeyCommand({}));
      const grant = { KeyId: KeyMetadata!.KeyId, GranteePrincipal: role, Operations: ['Decrypt'] as GrantOperation[], Name: 'first' };
      const { GrantId } = await first.client().send(new CreateGrantCommand(grant));
      await first.stop();

      const database = new DatabaseSync(join(folder, 'emulator.db'));
      database.exec(`
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 49998)
        INSERT INTO grants SELECT key_arn, printf('%064x', n), '', issuing_account, grantee, grantee_is_service, retiring,
          retiring_is_service, operations, constraints, created_at FROM numbers, grants WHERE grant_id = '${GrantId!}'`);
      database.close();

      const second = await startEmulator({ args });
      const kms = second.client();
      await kms.send(new CreateGrantCommand({ ...grant, Name: undefined }));
      await assertRefused(kms.send(new CreateGrantCommand({ ...grant, Name: undefined })), 'LimitExceededException', `${KeyMetadata!.Arn!} has 50000 grants, the most a key may have.`);
      assert.equal((await kms.send(new CreateGrantCommand(grant))).GrantId, GrantId);
      await second.stop();
    }));
});
