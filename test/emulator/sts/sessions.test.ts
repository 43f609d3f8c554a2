import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { AssumeRoleCommand, type AssumeRoleCommandInput, type Credentials, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { withDataFolder } from '../support/dataFolder.ts';
import { administer } from '../support/rawRequest.ts';
import { assertRefused } from '../support/refusal.ts';
import { withSeed } from '../support/seedFile.ts';

const account = '111122223333';
const iam = (name: string, id = account): string => `arn:aws:iam::${id}:${name}`;
const allow = (AWS: string | string[], more: object = {}): object => ({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', ...more });
const trusting = (...Statement: object[]): object => ({ trust: { Version: '2012-10-17', Statement } });

/** Where a trust policy names the account, IAM has to allow as well. */
const assuming = { Statement: { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: '*' } };

const seed = {
  accounts: {
    [account]: {
      users: {
        alice: { tags: { team: 'a' }, accessKeys: [{ id: 'AKIAALICE', secret: 'alice-secret' }], policies: [assuming] },
        bob: { accessKeys: [{ id: 'AKIABOB', secret: 'bob-secret' }], policies: [assuming] },
        carol: { accessKeys: [{ id: 'AKIACAROL', secret: 'carol-secret' }] },
        dora: { accessKeys: [{ id: 'AKIADORA', secret: 'dora-secret' }], policies: [assuming], boundary: { Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } } },
      },
      roles: {
        deploy: { ...trusting(allow(iam('user/alice'))), policies: [{ Statement: { Effect: 'Allow', Action: ['kms:ListKeys', 'sts:AssumeRole'], Resource: '*' } }] },
        everyone: trusting(allow('*', { Action: ['sts:AssumeRole', 'sts:TagSession'] })),
        account: trusting(allow(iam('root'))),
        partner: trusting(allow(iam('root'), { Condition: { StringEquals: { 'sts:ExternalId': 'shared-word' } } })),
        'mfa-only': trusting(allow(iam('root'), { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })),
        'not-bob': trusting(allow(account, { Action: 'sts:*' }), { ...allow(iam('user/bob')), Effect: 'Deny' }),
        chained: trusting(allow(iam('role/deploy'))),
        eve: trusting(allow(iam('user/carol'))),
        tagged: trusting(allow('*', { Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: { StringEquals: { 'aws:RequestTag/project': 'x' }, StringLike: { 'sts:RoleSessionName': '${aws:username}*' } } })),
        service: trusting({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      },
    },
    '444455556666': { accessKeys: [{ id: 'AKIAOTHER', secret: 'other-secret' }], roles: { shared: trusting(allow(account)) } },
  },
};

type Secrets = Pick<Credentials, 'AccessKeyId' | 'SecretAccessKey'> & Partial<Pick<Credentials, 'SessionToken'>>;
const alice: Secrets = { AccessKeyId: 'AKIAALICE', SecretAccessKey: 'alice-secret' };
const carol: Secrets = { AccessKeyId: 'AKIACAROL', SecretAccessKey: 'carol-secret' };
const dora: Secrets = { AccessKeyId: 'AKIADORA', SecretAccessKey: 'dora-secret' };
const bob: Secrets = { AccessKeyId: 'AKIABOB', SecretAccessKey: 'bob-secret' };

describe('STS', () => {
  let emulator: EmulatorProcess;
  const clients: { destroy: () => void }[] = [];
  before(async () => {
    emulator = await withSeed(seed, (path) => startEmulator({ seed: path }));
  });
  after(async () => {
    for (const client of clients) client.destroy();
    await emulator.stop();
  });

  const configuration = ({ AccessKeyId = '', SecretAccessKey = '', SessionToken: sessionToken }: Secrets) => {
    const { endpoint, region } = emulator.ready;
    const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
    return { endpoint, region, maxAttempts: 1, credentials: keys };
  };
  const sts = (secrets: Secrets): STSClient => {
    const client = new STSClient(configuration(secrets));
    clients.push(client);
    return client;
  };
  const identityOf = async (secrets: Secrets) => {
    const { Arn, UserId, Account } = await sts(secrets).send(new GetCallerIdentityCommand({}));
    return { Arn, UserId, Account };
  };
  const assume = (secrets: Secrets, role: string, change: Partial<AssumeRoleCommandInput> = {}) =>
    sts(secrets).send(new AssumeRoleCommand({ RoleArn: iam(`role/${role}`), RoleSessionName: 'test', ...change }));
  const listKeys = async (secrets: Secrets): Promise<unknown> => {
    const kms = new KMSClient(configuration(secrets));
    clients.push(kms);
    return kms.send(new ListKeysCommand({}));
  };

  it('tells users who they are', async () => {
    const { Arn, UserId, Account } = await identityOf(alice);
    assert.deepEqual([Arn, Account], [iam('user/alice'), account]);
    assert.match(UserId!, /^AIDA[A-Z2-7]{17}$/);
    assert.notEqual((await identityOf(bob)).UserId, UserId);
  });

  it('gives credentials of a role, which KMS and STS know', async () => {
    const { Credentials: secrets, AssumedRoleUser: role } = await assume(alice, 'deploy');
    assert.match(secrets!.AccessKeyId!, /^ASIA[A-Z2-7]{16}$/);
    assert.ok(Math.abs(secrets!.Expiration!.getTime() - Date.now() - 3_600_000) < 10_000);
    assert.match(role!.AssumedRoleId!, /^AROA[A-Z2-7]{17}:test$/);
    const arn = `arn:aws:sts::${account}:assumed-role/deploy/test`;
    assert.equal(role!.Arn, arn);
    assert.deepEqual(await identityOf(secrets!), { Arn: arn, UserId: role!.AssumedRoleId, Account: account });
    await listKeys(secrets!);
    const isLogged = (): boolean => emulator.events().some((event) => event.event === 'call' && event.operation === 'ListKeys' && event.principal === arn);
    for (let waits = 0; waits < 50 && !isLogged(); waits += 1) await sleep(20);
    assert.ok(isLogged());
  });

  it('serves the temporary credentials of the JavaScript SDK', async () => {
    const { endpoint, region } = emulator.ready;
    const credentials = fromTemporaryCredentials({
      masterCredentials: { accessKeyId: 'AKIAALICE', secretAccessKey: 'alice-secret' },
      params: { RoleArn: iam('role/deploy'), RoleSessionName: 'sdk' },
      clientConfig: { endpoint, region },
    });
    const client = new STSClient({ endpoint, region, credentials });
    clients.push(client);
    assert.equal((await client.send(new GetCallerIdentityCommand({}))).Arn, `arn:aws:sts::${account}:assumed-role/deploy/sdk`);
  });

  it('lets a role assume the next one, in its own account and in another', async () => {
    const { Credentials: deploy } = await assume(alice, 'deploy');
    await assume(deploy!, 'chained');
    await assertRefused(assume(deploy!, 'chained', { DurationSeconds: 3601 }), 'ValidationError', /1 hour session limit/);
    const { AssumedRoleUser } = await assume(deploy!, '', { RoleArn: iam('role/shared', '444455556666') });
    assert.equal(AssumedRoleUser!.Arn, 'arn:aws:sts::444455556666:assumed-role/shared/test');
  });

  it('hands on transitive tags, and no others', async () => {
    const Tags = [{ Key: 'project', Value: 'x' }, { Key: 'stage', Value: 'y' }];
    const { Credentials: first } = await assume(alice, 'everyone', { Tags, TransitiveTagKeys: ['project'], Policy: JSON.stringify(assuming) });
    await assertRefused(assume(first!, 'everyone', { Tags: [{ Key: 'project', Value: 'z' }] }), 'ValidationError', /project is transitive/);
    await assume(first!, 'everyone', { Tags: [{ Key: 'stage', Value: 'z' }] });
  });

  it('tells how much of the room for policy and tags is taken', async () => {
    const answer: { readonly PackedPolicySize?: number | undefined } = await assume(alice, 'everyone', { Policy: JSON.stringify({ Statement: [], Id: 'x'.repeat(2000) }) });
    assert.equal(answer.PackedPolicySize, 50);
    const Tags = Array.from({ length: 20 }, (_, index) => ({ Key: `key ${index}`, Value: 'v'.repeat(256) }));
    await assertRefused(assume(alice, 'everyone', { Tags }), 'PackedPolicyTooLargeException', /consumes 12\d% of allotted space/);
  });

  it('lets the account root of the first start assume roles', async () => {
    const { accessKeyId, secretAccessKey } = emulator.ready;
    await assume({ AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey }, 'account');
  });

  it('gives users and the account root a session of their own', async () => {
    const { Credentials: session } = await sts(alice).send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
    assert.deepEqual(await identityOf(session!), await identityOf(alice));
    await assume(session!, 'deploy');
    await assertRefused(sts(session!).send(new GetSessionTokenCommand({})), 'AccessDenied', 'Cannot call GetSessionToken with session credentials');
    const { accessKeyId, secretAccessKey } = emulator.ready;
    const root = await sts({ AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey }).send(new GetSessionTokenCommand({ DurationSeconds: 90_000 }));
    assert.equal((await identityOf(root.Credentials!)).Arn, iam('root'));
    assert.ok(root.Credentials!.Expiration!.getTime() < Date.now() + 3_700_000);
  });

  it('ends sessions by the movable clock', async () => {
    const { Credentials: session } = await assume(alice, 'deploy', { DurationSeconds: 900 });
    await listKeys(session!);
    await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 901 });
    await assertRefused(listKeys(session!), 'ExpiredTokenException', 'The security token included in the request is expired');
    await assertRefused(identityOf(session!), 'ExpiredToken', 'The security token included in the request is expired');
    await administer(emulator.ready, '/_emulator/clock', { reset: true });
    await listKeys(session!);
  });

  it('takes a session token with its own access key and secret only', async () => {
    const [{ Credentials: one }, { Credentials: other }] = await Promise.all([assume(alice, 'deploy'), assume(alice, 'deploy')]);
    const unknown = 'The security token included in the request is invalid.';
    await assertRefused(listKeys({ ...one!, SessionToken: other!.SessionToken! }), 'UnrecognizedClientException', unknown);
    await assertRefused(listKeys({ ...one!, SessionToken: 'AAAA' }), 'UnrecognizedClientException', unknown);
    await assertRefused(listKeys({ AccessKeyId: one!.AccessKeyId!, SecretAccessKey: one!.SecretAccessKey! }), 'UnrecognizedClientException', unknown);
    await assertRefused(identityOf({ ...one!, SessionToken: 'AAAA' }), 'InvalidClientTokenId', unknown);
    await assertRefused(listKeys({ ...one!, SecretAccessKey: other!.SecretAccessKey! }), 'InvalidSignatureException', /does not match/);
  });

  it('does not let a session administer the emulator', async () => {
    const { Credentials: session } = await assume(alice, 'deploy');
    const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = session!;
    const { status } = await administer({ ...emulator.ready, accessKeyId, secretAccessKey }, '/_emulator/clock', { reset: true });
    assert.equal(status, 400);
  });

  const denied = (who: string, role: string, action = 'AssumeRole'): string =>
    `User: ${iam(who)} is not authorized to perform: sts:${action} on resource: ${iam(`role/${role}`)}`;
  const refusals: readonly (readonly [title: string, send: () => Promise<unknown>, name: string, message: string | RegExp])[] = [
    ['a user whom the role does not trust', () => assume(bob, 'deploy'), 'AccessDenied', denied('user/bob', 'deploy')],
    ['a role that is not there', () => assume(alice, 'none'), 'AccessDenied', denied('user/alice', 'none')],
    ['a user in the place of a role', () => assume(alice, '', { RoleArn: iam('user/alice') }), 'AccessDenied', /on resource: arn:aws:iam::111122223333:user\/alice$/],
    ['a role of services', () => assume(alice, 'service'), 'AccessDenied', denied('user/alice', 'service')],
    ['an explicit denial', () => assume(bob, 'not-bob'), 'AccessDenied', denied('user/bob', 'not-bob')],
    ['no external id', () => assume(alice, 'partner'), 'AccessDenied', denied('user/alice', 'partner')],
    ['another external id', () => assume(alice, 'partner', { ExternalId: 'word' }), 'AccessDenied', denied('user/alice', 'partner')],
    ['a condition that does not hold', () => assume(alice, 'mfa-only'), 'AccessDenied', denied('user/alice', 'mfa-only')],
    ['a trusted account without a policy of its own', () => assume(carol, 'account'), 'AccessDenied', denied('user/carol', 'account')],
    ['a boundary that does not allow it', () => assume(dora, 'account'), 'AccessDenied', denied('user/dora', 'account')],
    ['a tag of another value', () => assume(alice, 'tagged', { Tags: [{ Key: 'project', Value: 'y' }], RoleSessionName: 'alice' }), 'AccessDenied', denied('user/alice', 'tagged')],
    ['a session name that the role does not take', () => assume(alice, 'tagged', { Tags: [{ Key: 'project', Value: 'x' }], RoleSessionName: 'bob' }), 'AccessDenied', denied('user/alice', 'tagged')],
    ['a role of another account without a policy of its own', () => assume(carol, '', { RoleArn: iam('role/shared', '444455556666') }), 'AccessDenied', /^User: arn:aws:iam::111122223333:user\/carol is not/],
    ['tags that the role does not allow', () => assume(alice, 'deploy', { Tags: [{ Key: 'a', Value: 'b' }] }), 'AccessDenied', denied('user/alice', 'deploy', 'TagSession')],
    ['the same tag twice', () => assume(alice, 'everyone', { Tags: [{ Key: 'a', Value: 'b' }, { Key: 'A', Value: 'b' }] }), 'ValidationError', /^Duplicate tag keys/],
    ['a transitive tag that is none', () => assume(alice, 'everyone', { TransitiveTagKeys: ['a'] }), 'ValidationError', /not among the session tags/],
    ['a role of another account that trusts nobody here', () => assume({ AccessKeyId: 'AKIAOTHER', SecretAccessKey: 'other-secret' }, 'account'), 'AccessDenied', /^User: arn:aws:iam::444455556666:root is not/],
    ['a short session name', () => assume(alice, 'deploy', { RoleSessionName: 'x' }), 'ValidationError', "1 validation error detected: Value 'x' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2"],
    ['no session name', () => assume(alice, 'deploy', { RoleSessionName: undefined }), 'ValidationError', "1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null"],
    ['a session of a minute', () => assume(alice, 'deploy', { DurationSeconds: 60 }), 'ValidationError', /at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900$/],
    ['a session policy that is not JSON', () => assume(alice, 'deploy', { Policy: '{' }), 'MalformedPolicyDocumentException', /valid JSON/],
    ['a source identity', () => assume(alice, 'deploy', { SourceIdentity: 'alice' }), 'ValidationError', /^SourceIdentity is not supported/],
    ['managed policies', () => assume(alice, 'deploy', { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] }), 'ValidationError', /^PolicyArns names managed policies/],
  ];
  for (const [title, send, name, message] of refusals) {
    it(`answers ${title} with ${name}`, () => assertRefused(send(), name, message));
  }

  it('knows its sessions, users and roles after a restart', () =>
    withDataFolder((data) =>
      withSeed(seed, async (path) => {
        const first = await startEmulator({ args: ['--data', data], seed: path });
        const before = new STSClient({ ...configuration(alice), endpoint: first.ready.endpoint });
        const { Credentials: session } = await before.send(new AssumeRoleCommand({ RoleArn: iam('role/deploy'), RoleSessionName: 'test' }));
        const { UserId } = await before.send(new GetCallerIdentityCommand({}));
        await first.stop();
        const second = await startEmulator({ args: ['--data', data], seed: path });
        const after = new STSClient({ ...configuration(session!), endpoint: second.ready.endpoint });
        assert.match((await after.send(new GetCallerIdentityCommand({}))).Arn!, /assumed-role\/deploy\/test$/);
        const user = new STSClient({ ...configuration(alice), endpoint: second.ready.endpoint });
        assert.equal((await user.send(new GetCallerIdentityCommand({}))).UserId, UserId);
        clients.push(before, after, user);
        await second.stop();
      }),
    ));

  it('lets in whom the trust policy names, without a policy of their own', () => assume(carol, 'eve'));

  it('decides by the tags and the name of the session', () =>
    assume(alice, 'tagged', { Tags: [{ Key: 'project', Value: 'x' }], RoleSessionName: 'alice-1' }));

  it('lets in whoever knows the external id of a role', async () => {
    const { AssumedRoleUser } = await assume(bob, 'partner', { ExternalId: 'shared-word' });
    assert.equal(AssumedRoleUser!.Arn, `arn:aws:sts::${account}:assumed-role/partner/test`);
  });
});
