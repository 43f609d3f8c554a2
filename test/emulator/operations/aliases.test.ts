import assert from 'node:assert/strict';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DeleteAliasCommand,
  DescribeKeyCommand,
  EncryptCommand,
  type KMSClient,
  ListAliasesCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import type { EmulatorEvent } from '../../../src/protocol/emulator.ts';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { administer } from '../support/rawRequest.ts';
import { assertRefused } from '../support/refusal.ts';

const arnOf = (alias: string, region = 'us-east-1'): string => `arn:aws:kms:${region}:111122223333:${alias}`;

const kinds = {
  symmetric: {},
  'another symmetric': {},
  'RSA encryption': { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' },
  'RSA signing': { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
  'ECC signing': { KeySpec: 'ECC_NIST_P384', KeyUsage: 'SIGN_VERIFY' },
  'key agreement': { KeySpec: 'ECC_NIST_P384', KeyUsage: 'KEY_AGREEMENT' },
  HMAC: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
  'longer HMAC': { KeySpec: 'HMAC_512', KeyUsage: 'GENERATE_VERIFY_MAC' },
} as const satisfies Record<string, CreateKeyCommandInput>;

type Kind = keyof typeof kinds;

describe('Aliases', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  let ids: Record<Kind, string>;
  let counter = 0;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
    const made = Object.entries(kinds).map(async ([kind, input]) => [kind, await key(input)] as const);
    ids = Object.fromEntries(await Promise.all(made)) as Record<Kind, string>;
  });
  after(() => emulator.stop());

  const key = async (input: CreateKeyCommandInput = {}): Promise<string> => (await kms.send(new CreateKeyCommand(input))).KeyMetadata!.KeyId!;
  const create = (name: string, target: string): Promise<unknown> => kms.send(new CreateAliasCommand({ AliasName: name, TargetKeyId: target }));
  const update = (name: string, target: string): Promise<unknown> => kms.send(new UpdateAliasCommand({ AliasName: name, TargetKeyId: target }));
  const remove = (name: string): Promise<unknown> => kms.send(new DeleteAliasCommand({ AliasName: name }));
  const targetOf = async (name: string): Promise<string> => (await kms.send(new DescribeKeyCommand({ KeyId: name }))).KeyMetadata!.KeyId!;
  const fresh = (): string => `alias/fresh/${(counter += 1)}`;

  const moves: readonly (readonly [from: Kind, to: Kind, allowed: boolean])[] = [
    ['symmetric', 'another symmetric', true],
    ['RSA signing', 'ECC signing', true],
    ['HMAC', 'longer HMAC', true],
    ['symmetric', 'RSA encryption', false],
    ['RSA encryption', 'symmetric', false],
    ['RSA encryption', 'RSA signing', false],
    ['ECC signing', 'key agreement', false],
    ['ECC signing', 'HMAC', false],
    ['HMAC', 'symmetric', false],
  ];
  for (const [from, to, allowed] of moves) {
    it(`${allowed ? 'move' : 'do not move'} from a key for ${from} to one for ${to}`, async () => {
      const name = fresh();
      await create(name, ids[from]);
      if (allowed) await update(name, ids[to]);
      else await assertRefused(update(name, ids[to]), 'ValidationException', `Alias ${name} may only be moved to a key of the same type and key usage.`);
      assert.equal(await targetOf(name), allowed ? ids[to] : ids[from]);
    });
  }

  it('are at most 50 of one key, and no 51st moves there', async () => {
    const [full, other] = [await key(), await key()];
    for (let index = 0; index < 50; index += 1) await create(`alias/full/${index}`, full);
    await create('alias/elsewhere', other);
    const text = new RegExp(`^arn:aws:kms:us-east-1:111122223333:key/${full} has 50 aliases, the most a key may have\\.$`);
    await assertRefused(create('alias/full/50', full), 'LimitExceededException', text);
    await assertRefused(update('alias/elsewhere', full), 'LimitExceededException', text);
    await update('alias/full/0', full);
    await remove('alias/full/1');
    await update('alias/elsewhere', full);
    assert.equal(await targetOf('alias/elsewhere'), full);
  });

  it('are left and lost, and not gained, by a key that is pending deletion', async () => {
    const [dying, living] = [await key(), await key()];
    for (const name of ['alias/dying/moves', 'alias/dying/goes', 'alias/dying/stays']) await create(name, dying);
    await create('alias/living', living);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: dying, PendingWindowInDays: 7 }));
    const refused = /is pending deletion\.$/;
    await assertRefused(create('alias/dying/new', dying), 'KMSInvalidStateException', refused);
    await assertRefused(update('alias/living', dying), 'KMSInvalidStateException', refused);
    await update('alias/dying/moves', living);
    await remove('alias/dying/goes');
    assert.equal(await targetOf('alias/dying/stays'), dying);
    await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 8 * 86_400 });
    await assertRefused(targetOf('alias/dying/stays'), 'NotFoundException', `Alias ${arnOf('alias/dying/stays')} is not found.`);
    await create('alias/dying/stays', living);
    await administer(emulator.ready, '/_emulator/clock', { reset: true });
  });

  it('are told apart by case, by Region and by nothing else', async () => {
    await create('alias/Case', ids.symmetric);
    await create('alias/case', ids['another symmetric']);
    assert.deepEqual([await targetOf('alias/Case'), await targetOf('alias/case')], [ids.symmetric, ids['another symmetric']]);
    await assertRefused(create('alias/Case', ids['another symmetric']), 'AlreadyExistsException', `An alias with the name ${arnOf('alias/Case')} already exists`);
    const there = emulator.client('eu-west-1');
    await assertRefused(there.send(new DescribeKeyCommand({ KeyId: 'alias/Case' })), 'NotFoundException', `Alias ${arnOf('alias/Case', 'eu-west-1')} is not found.`);
    const { KeyMetadata } = await there.send(new CreateKeyCommand({}));
    await there.send(new CreateAliasCommand({ AliasName: 'alias/Case', TargetKeyId: KeyMetadata!.Arn }));
  });

  it('stand for their key by name and by ARN where a key is used', async () => {
    await create('alias/used', ids.symmetric);
    for (const KeyId of ['alias/used', arnOf('alias/used')]) {
      const answer = await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }));
      assert.equal(answer.KeyId, arnOf(`key/${ids.symmetric}`));
    }
    await assertRefused(kms.send(new EncryptCommand({ KeyId: arnOf('alias/used', 'eu-west-1'), Plaintext: Buffer.from('x') })), 'NotFoundException', 'Invalid arn eu-west-1');
    await assertRefused(kms.send(new EncryptCommand({ KeyId: arnOf('alias/none'), Plaintext: Buffer.from('x') })), 'NotFoundException', `Alias ${arnOf('alias/none')} is not found.`);
  });

  it('of AWS services have no key until someone looks', async () => {
    const there = emulator.client('ap-northeast-1');
    const entry = async () => (await there.send(new ListAliasesCommand({ Limit: 100 }))).Aliases!.find(({ AliasName }) => AliasName === 'alias/aws/sqs')!;
    const region = 'ap-northeast-1';
    assert.deepEqual(await entry(), { AliasName: 'alias/aws/sqs', AliasArn: arnOf('alias/aws/sqs', region) });
    const { KeyMetadata } = await there.send(new DescribeKeyCommand({ KeyId: 'alias/aws/sqs' }));
    const { TargetKeyId, CreationDate } = await entry();
    assert.deepEqual([TargetKeyId, CreationDate instanceof Date], [KeyMetadata!.KeyId, true]);
    const taken = there.send(new CreateAliasCommand({ AliasName: 'alias/mine', TargetKeyId }));
    await assertRefused(taken, 'AccessDeniedException', /is not authorized to perform: kms:CreateAlias on resource:/);
  });

  it('are deleted with the permission of their key', async () => {
    await create('alias/asked', ids.symmetric);
    await remove('alias/asked');
    const asked = emulator.events().findLast((event): event is Extract<EmulatorEvent, { event: 'call' }> => event.event === 'call' && event.operation === 'DeleteAlias');
    assert.equal(asked!.keyId, arnOf(`key/${ids.symmetric}`));
  });

  const prefix = 'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html';
  const names: readonly (readonly [title: string, alias: string, name: string, message: string | RegExp])[] = [
    ['without their prefix', 'mine', 'ValidationException', prefix],
    ['with their prefix in capitals', 'ALIAS/mine', 'ValidationException', prefix],
    ['as an ARN', arnOf('alias/mine'), 'ValidationException', prefix],
    ['without a name', 'alias/', 'InvalidAliasNameException', 'The alias has no name after the prefix "alias/".'],
    ['that are reserved', 'alias/aws/mine', 'NotAuthorizedException', ''],
    ['with a space', 'alias/my key', 'ValidationException', /^1 validation error detected: Value 'alias\/my key' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern/],
    ['of 257 characters', `alias/${'x'.repeat(251)}`, 'ValidationException', /at 'aliasName' failed to satisfy constraint: Member must have length less than or equal to 256$/],
  ];
  for (const [title, alias, name, message] of names) {
    it(`${title} are refused with ${name}, whatever is done with them`, async () => {
      for (const act of [create, update, remove]) await assertRefused(act(alias, ids.symmetric), name, message);
    });
  }

  const targets: readonly (readonly [title: string, target: string, name: string, message: string | RegExp])[] = [
    ['another alias', 'alias/x', 'ValidationException', 'Aliases must refer to keys. Not aliases'],
    ['the ARN of another alias', arnOf('alias/x'), 'ValidationException', 'Aliases must refer to keys. Not aliases'],
    ['a key of another Region', arnOf('key/1234abcd-12ab-34cd-56ef-1234567890ab', 'eu-west-1'), 'NotFoundException', 'Invalid arn eu-west-1'],
    ['a key that is not there', '1234abcd-12ab-34cd-56ef-1234567890ab', 'NotFoundException', `Key '${arnOf('key/1234abcd-12ab-34cd-56ef-1234567890ab')}' does not exist`],
    ['a key of another account', 'arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab', 'AccessDeniedException', /is not authorized to perform: kms:(?:Create|Update)Alias on resource: arn:aws:kms:us-east-1:444455556666:key/],
  ];
  for (const [title, target, name, message] of targets) {
    it(`are not given to ${title}: ${name}`, async () => {
      const alias = fresh();
      await assertRefused(create(alias, target), name, message);
      await create(alias, ids.symmetric);
      await assertRefused(update(alias, target), name, message);
    });
  }

  it('that are not there are neither moved nor deleted', async () => {
    for (const act of [update, remove]) {
      await assertRefused(act('alias/nowhere', ids.symmetric), 'NotFoundException', `Alias ${arnOf('alias/nowhere')} is not found.`);
    }
  });
});
