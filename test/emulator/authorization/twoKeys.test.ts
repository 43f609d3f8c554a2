import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DisableKeyCommand,
  EncryptCommand,
  PutKeyPolicyCommand,
  ReEncryptCommand,
  ReplicateKeyCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import { passDays } from '../support/clock.ts';
import { assertRefused } from '../support/refusal.ts';
import { account, otherAccount, startWorld, userArn, type World } from './identities.ts';

const Plaintext = Buffer.from('plaintext');
const root = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' };
const allow = (Action: string | string[], more: object = {}): object => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const unknownCiphertext = (name: string, action: string): string =>
  `User: ${name} is not authorized to perform: kms:${action} on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`;

describe('An operation with more than one resource', () => {
  let world: World;
  before(async () => {
    world = await startWorld({
      alice: {},
      mover: { statements: [allow('kms:UpdateAlias', { Resource: `arn:aws:kms:us-east-1:${account}:alias/*` })] },
      replicator: { statements: [allow('kms:ReplicateKey')] },
      maker: { statements: [allow(['kms:ReplicateKey', 'kms:CreateKey', 'kms:TagResource'], { Condition: { StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } } })] },
      partner: { account: otherAccount, statements: [allow('kms:*')] },
    });
  });
  after(() => world.stop());

  const keyWith = async (...statements: object[]): Promise<string> =>
    (await world.as('root').send(new CreateKeyCommand({ Policy: JSON.stringify({ Version: '2012-10-17', Statement: [root, ...statements] }) }))).KeyMetadata!.Arn!;
  const to = (name: string, Action: string | string[], more: object = {}): object => ({ ...allow(Action), Principal: { AWS: userArn(name) }, ...more });
  const encrypted = async (KeyId: string) => (await world.as('root').send(new EncryptCommand({ KeyId, Plaintext }))).CiphertextBlob;

  it('re-encrypts from a key that allows ReEncryptFrom to one that allows ReEncryptTo', async () => {
    const [from, into, both] = await Promise.all([
      keyWith(to('alice', 'kms:ReEncryptFrom')),
      keyWith(to('alice', 'kms:ReEncryptTo')),
      keyWith(to('alice', 'kms:ReEncrypt*')),
    ]);
    const reEncrypt = async (source: string, destination: string) =>
      world.as('alice').send(new ReEncryptCommand({ CiphertextBlob: await encrypted(source), DestinationKeyId: destination }));
    await reEncrypt(from, into);
    await reEncrypt(both, both);
    const denied = (action: string, key: string): string =>
      `User: ${userArn('alice')} is not authorized to perform: kms:${action} on resource: ${key} because no identity-based policy allows the kms:${action} action`;
    await assertRefused(reEncrypt(from, from), 'AccessDeniedException', denied('ReEncryptTo', from));
    await assertRefused(reEncrypt(into, into), 'AccessDeniedException', denied('ReEncryptFrom', into));
  });

  it('tells policies whether the two keys are one', async () => {
    const same = { Condition: { Bool: { 'kms:ReEncryptOnSameKey': 'true' } } };
    const [one, other] = await Promise.all([keyWith(to('alice', 'kms:ReEncrypt*', same)), keyWith(to('alice', 'kms:ReEncrypt*'))]);
    const reEncrypt = async (source: string, destination: string) =>
      world.as('alice').send(new ReEncryptCommand({ CiphertextBlob: await encrypted(source), DestinationKeyId: destination }));
    await reEncrypt(one, one);
    await assertRefused(reEncrypt(other, one), 'AccessDeniedException', /kms:ReEncryptTo/);
    await assertRefused(reEncrypt(one, other), 'AccessDeniedException', /kms:ReEncryptFrom/);
  });

  it('moves an alias by the right to it, to the old key and to the new one', async () => {
    const [open, alsoOpen, closed] = await Promise.all([keyWith(to('mover', 'kms:UpdateAlias')), keyWith(to('mover', 'kms:UpdateAlias')), keyWith()]);
    await world.as('root').send(new CreateAliasCommand({ AliasName: 'alias/moved', TargetKeyId: open }));
    await world.as('root').send(new CreateAliasCommand({ AliasName: 'alias/fixed', TargetKeyId: closed }));
    const move = (name: string, target: string, by = 'mover') => world.as(by).send(new UpdateAliasCommand({ AliasName: name, TargetKeyId: target }));
    const denied = (resource: string, name = 'mover'): string =>
      `User: ${userArn(name)} is not authorized to perform: kms:UpdateAlias on resource: ${resource} because no identity-based policy allows the kms:UpdateAlias action`;
    await move('alias/moved', alsoOpen);
    await assertRefused(move('alias/moved', closed), 'AccessDeniedException', denied(closed));
    await assertRefused(move('alias/fixed', open), 'AccessDeniedException', denied(closed));
    await assertRefused(move('alias/moved', open, 'alice'), 'AccessDeniedException', denied(`arn:aws:kms:us-east-1:${account}:alias/moved`, 'alice'));
  });

  it('replicates by the right to the key, and to create one in the other Region', async () => {
    const { KeyMetadata: key } = await world.as('root').send(new CreateKeyCommand({ MultiRegion: true }));
    const replicate = (by: string, ReplicaRegion: string) => world.as(by).send(new ReplicateKeyCommand({ KeyId: key!.KeyId, ReplicaRegion, Tags: [{ TagKey: 'a', TagValue: 'b' }] }));
    const denied = (name: string): string => `User: ${userArn(name)} is not authorized to perform: kms:CreateKey on resource: * because no identity-based policy allows the kms:CreateKey action`;
    await assertRefused(replicate('replicator', 'eu-west-1'), 'AccessDeniedException', denied('replicator'));
    await assertRefused(replicate('maker', 'eu-west-2'), 'AccessDeniedException', denied('maker'));
    await replicate('maker', 'eu-west-1');
  });

  it('decrypts for another account by the ciphertext alone, and tells nothing when it does not', async () => {
    const partner = { Principal: { AWS: otherAccount } };
    const [open, closed] = await Promise.all([keyWith(to('', 'kms:Decrypt', partner)), keyWith()]);
    const decrypt = async (CiphertextBlob: Uint8Array | undefined) => world.as('partner').send(new DecryptCommand({ CiphertextBlob }));
    assert.deepEqual(Buffer.from((await decrypt(await encrypted(open))).Plaintext!), Plaintext);
    const name = userArn('partner', otherAccount);
    await assertRefused(decrypt(await encrypted(closed)), 'AccessDeniedException', unknownCiphertext(name, 'Decrypt'));
    const elsewhere = world.as('root', 'eu-west-1').send(new DecryptCommand({ CiphertextBlob: await encrypted(open) }));
    await assertRefused(elsewhere, 'AccessDeniedException', unknownCiphertext(`arn:aws:iam::${account}:root`, 'Decrypt'));
    const named = await encrypted(closed);
    await assertRefused(world.as('partner').send(new DecryptCommand({ CiphertextBlob: named, KeyId: closed })), 'AccessDeniedException', `User: ${name} is not authorized to perform: kms:Decrypt on resource: ${closed} because no resource-based policy allows the kms:Decrypt action`);
  });

  it('follows a policy from the moment it is put', async () => {
    const key = await keyWith();
    const encrypt = () => world.as('alice').send(new EncryptCommand({ KeyId: key, Plaintext }));
    await assertRefused(encrypt(), 'AccessDeniedException', /no identity-based policy/);
    await world.as('root').send(new PutKeyPolicyCommand({ KeyId: key, Policy: JSON.stringify({ Statement: [root, to('alice', 'kms:Encrypt')] }) }));
    await encrypt();
    await world.as('root').send(new PutKeyPolicyCommand({ KeyId: key, Policy: JSON.stringify({ Statement: [root] }) }));
    await assertRefused(encrypt(), 'AccessDeniedException', /no identity-based policy/);
  });

  it('says in its event who decided, and never a value of the encryption context', async () => {
    const use = to('alice', 'kms:Encrypt', { Sid: 'Use', Condition: { StringEquals: { 'kms:EncryptionContext:app': 'orders' } } });
    const administer = { ...root, Action: ['kms:PutKeyPolicy', 'kms:DescribeKey'] };
    const policy = JSON.stringify({ Statement: [administer, use] });
    const key = (await world.as('root').send(new CreateKeyCommand({ Policy: policy }))).KeyMetadata!.Arn!;
    const events = () => world.emulator.events().filter((event) => event.event === 'call' && event.keyId === key && event.operation === 'Encrypt');
    const encrypt = (app: string) => world.as('alice').send(new EncryptCommand({ KeyId: key, Plaintext, EncryptionContext: { app } }));
    await encrypt('orders');
    await assertRefused(encrypt('confidential-value'), 'AccessDeniedException', /./);
    for (let waits = 0; waits < 50 && events().length < 2; waits += 1) await sleep(20);
    const [allowed, refused] = events().map((event) => (event.event === 'call' ? [event.decision, event.reason, event.statement] : []));
    assert.deepEqual(allowed, ['allow', `Statement 2 ("Use") of the key policy allows kms:Encrypt to ${userArn('alice')}.`, 1]);
    const clause = 'statement 2 ("Use") of the key policy would allow it, but needs StringEquals kms:EncryptionContext:app, and the request has a value that does not fit';
    assert.deepEqual(refused, ['deny', `Nothing allows kms:Encrypt to ${userArn('alice')}: ${clause}.`, 1]);
    assert.ok(!JSON.stringify(world.emulator.events()).includes('confidential-value'));
  });

  it('follows the movable clock in its conditions', async () => {
    const key = await keyWith(to('alice', 'kms:DisableKey', { Condition: { NumericGreaterThanEquals: { 'kms:TrailingDaysWithoutKeyUsage': '30' } } }));
    const disable = () => world.as('alice').send(new DisableKeyCommand({ KeyId: key }));
    await encrypted(key);
    await assertRefused(disable(), 'AccessDeniedException', /kms:DisableKey/);
    await passDays(world.emulator.ready, 31);
    await disable();
  });
});
