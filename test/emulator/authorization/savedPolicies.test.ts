import { CreateKeyCommand, GetKeyPolicyCommand, PutKeyPolicyCommand, ReplicateKeyCommand } from '@aws-sdk/client-kms';
import assert from 'node:assert/strict';
import { assertRefused } from '../support/refusal.ts';
import { account, otherAccount, startWorld, userArn, type World } from './identities.ts';

const admin = [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }];
const lockout = 'The new key policy will not allow you to update the key policy in the future.';
const invalidPrincipals = 'Policy contains a statement with one or more invalid principals.';
const root = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' };
const to = (Principal: unknown, more: object = {}): object => ({ Effect: 'Allow', Principal, Action: 'kms:Decrypt', Resource: '*', ...more });
const overlyPermissive = (subject: string): string =>
  `OverlyPermissiveCondition: Using the ForAllValues set operator with a single-valued condition key matches requests without the specified ${subject} or with an unspecified ${subject}. To fix, remove ForAllValues.`;

describe('Saving a key policy', () => {
  let world: World;
  let keyId: string;
  before(async () => {
    world = await startWorld({ admin: { statements: admin }, creator: { statements: [{ Effect: 'Allow', Action: 'kms:CreateKey', Resource: '*' }] } });
    keyId = (await world.as('root').send(new CreateKeyCommand({}))).KeyMetadata!.KeyId!;
  });
  after(() => world.stop());

  const put = (name: string, Statement: readonly object[], BypassPolicyLockoutSafetyCheck?: boolean) =>
    world.as(name).send(new PutKeyPolicyCommand({ KeyId: keyId, Policy: JSON.stringify({ Version: '2012-10-17', Statement }), BypassPolicyLockoutSafetyCheck }));

  const rows: readonly (readonly [title: string, by: string, statements: readonly object[], refusal?: readonly [name: string, message: string]])[] = [
    ['leaves the key to the account', 'root', [root]],
    ['leaves the key to the account, by a user with IAM', 'admin', [root]],
    ['names the caller alone', 'admin', [to({ AWS: userArn('admin') }, { Action: 'kms:PutKeyPolicy' })]],
    ['leaves out the account', 'root', [to({ AWS: userArn('admin') }, { Action: 'kms:*' })], ['MalformedPolicyDocumentException', lockout]],
    ['leaves out PutKeyPolicy', 'admin', [{ ...root, Action: ['kms:Get*', 'kms:Encrypt'] }], ['MalformedPolicyDocumentException', lockout]],
    ['denies PutKeyPolicy', 'root', [root, { ...root, Effect: 'Deny', Action: 'kms:PutKeyPolicy' }], ['MalformedPolicyDocumentException', lockout]],
    ['allows it under a condition that holds', 'root', [{ ...root, Condition: { StringEquals: { 'aws:PrincipalAccount': account } } }]],
    ['allows it under a condition that does not', 'root', [{ ...root, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }], ['MalformedPolicyDocumentException', lockout]],
    ['has a statement without an action', 'root', [root, to('*', { Action: undefined })]],
    ['has a statement without a resource', 'root', [root, to('*', { Resource: undefined })]],
    ['names a user who is there', 'root', [root, to({ AWS: userArn('creator') })]],
    ['names a user who is not', 'root', [root, to({ AWS: userArn('nobody') })], ['MalformedPolicyDocumentException', invalidPrincipals]],
    ['names a session of a role that is not', 'root', [root, to({ AWS: `arn:aws:sts::${account}:assumed-role/nobody/test` })], ['MalformedPolicyDocumentException', invalidPrincipals]],
    ['names a role of an account without declared roles', 'root', [root, to({ AWS: `arn:aws:iam::${otherAccount}:role/anybody` })]],
    ['names a role by a pattern', 'root', [root, to({ AWS: `arn:aws:iam::${otherAccount}:role/*` })], ['MalformedPolicyDocumentException', invalidPrincipals]],
    ['names a service', 'root', [root, to({ Service: 'logs.us-east-1.amazonaws.com' })]],
    ['names nobody', 'root', [root, to({ AWS: [] })], ['MalformedPolicyDocumentException', 'Policy contains a statement with no principal']],
    ['has a resource that is no ARN', 'root', [root, to('*', { Resource: 'key' })], ['InvalidArnException', 'The request was rejected because an ARN in the key policy is not valid.']],
    ['has ForAllValues on the encryption context', 'root', [root, to('*', { Condition: { 'ForAllValues:StringEquals': { 'kms:EncryptionContext:a': 'b' } } })], ['MalformedPolicyDocumentException', overlyPermissive('encryption context')]],
    ['has ForAllValues on a tag of the request', 'root', [root, to('*', { Condition: { 'ForAllValues:StringEquals': { 'aws:RequestTag/a': 'b' } } })], ['MalformedPolicyDocumentException', overlyPermissive('tag')]],
  ];
  for (const [title, by, statements, refusal] of rows) {
    it(`${refusal ? 'is refused' : 'works'} when it ${title}`, async () => {
      keyId = (await world.as('root').send(new CreateKeyCommand({}))).KeyMetadata!.KeyId!;
      const answer = put(by, statements);
      if (refusal) await assertRefused(answer, ...refusal);
      else await answer;
    });
  }

  it('can lock everybody out with the check bypassed, and for good', async () => {
    keyId = (await world.as('root').send(new CreateKeyCommand({}))).KeyMetadata!.KeyId!;
    await put('root', [to({ AWS: userArn('creator') })], true);
    await assertRefused(put('root', [root], true), 'AccessDeniedException', /kms:PutKeyPolicy on resource: .* because no resource-based policy allows the kms:PutKeyPolicy action$/);
  });

  it('checks the policy of a new key for the one who makes it', async () => {
    const Policy = JSON.stringify({ Statement: [root] });
    const make = (name: string, more: object = {}) => world.as(name).send(new CreateKeyCommand({ Policy, ...more }));
    await make('admin');
    await assertRefused(make('creator'), 'MalformedPolicyDocumentException', lockout);
    await make('creator', { BypassPolicyLockoutSafetyCheck: true });
    await world.as('creator').send(new CreateKeyCommand({}));
  });

  it('checks the policy of a replica', async () => {
    const { KeyMetadata: key } = await world.as('root').send(new CreateKeyCommand({ MultiRegion: true }));
    const replicate = (statements: readonly object[]) =>
      world.as('root').send(new ReplicateKeyCommand({ KeyId: key!.KeyId, ReplicaRegion: 'eu-west-1', Policy: JSON.stringify({ Statement: statements }) }));
    await assertRefused(replicate([to('*')]), 'MalformedPolicyDocumentException', lockout);
    await replicate([root, to('*')]);
    const { Policy } = await world.as('root', 'eu-west-1').send(new GetKeyPolicyCommand({ KeyId: key!.KeyId }));
    assert.equal(Policy, JSON.stringify({ Statement: [root, to('*')] }));
  });
});
