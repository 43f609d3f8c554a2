import assert from 'node:assert/strict';
import {
  CreateGrantCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  type KMSClient,
  ListGrantsCommand,
  RetireGrantCommand,
  type RetireGrantCommandInput,
  RevokeGrantCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { startEmulator, type EmulatorProcess } from '../../emulatorProcess.ts';
import { administer } from '../../support/rawRequest.ts';
import { assertRefused } from '../../support/refusal.ts';

const role = 'arn:aws:iam::111122223333:role/app';
const nobody = 'f'.repeat(64);

interface Made {
  readonly arn: string;
  readonly id: string;
  readonly token: string;
}

describe('The end of a grant', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  let arn: string;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  beforeEach(async () => {
    arn = (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
  });
  after(() => emulator.stop());

  const create = async (name?: string): Promise<Made> => {
    const { GrantId, GrantToken } = await kms.send(new CreateGrantCommand({ KeyId: arn, GranteePrincipal: role, Operations: ['Decrypt'], Name: name }));
    return { arn, id: GrantId!, token: GrantToken! };
  };
  const retire = (input: RetireGrantCommandInput): Promise<unknown> => kms.send(new RetireGrantCommand(input));
  const listed = async (): Promise<string[]> => (await kms.send(new ListGrantsCommand({ KeyId: arn, Limit: 100 }))).Grants!.map(({ GrantId }) => GrantId!);

  const ways: readonly (readonly [title: string, end: (grant: Made) => Promise<unknown>])[] = [
    ['retired by its token', ({ token }) => retire({ GrantToken: token })],
    ['retired by its key and id', ({ arn: KeyId, id }) => retire({ KeyId, GrantId: id })],
    ['retired by all three', ({ arn: KeyId, id, token }) => retire({ KeyId, GrantId: id, GrantToken: token })],
    ['revoked by the key ARN', ({ arn: KeyId, id }) => kms.send(new RevokeGrantCommand({ KeyId, GrantId: id }))],
    ['revoked by the key id', ({ arn: key, id }) => kms.send(new RevokeGrantCommand({ KeyId: key.split('/')[1], GrantId: id }))],
  ];
  for (const [title, end] of ways) {
    it(`leaves the others when it is ${title}, and comes once`, async () => {
      const [one, two] = [await create(), await create()];
      await end(one);
      assert.deepEqual(await listed(), [two.id]);
      await assertRefused(end(one), 'NotFoundException', `Grant '${one.id}' of key '${arn}' does not exist`);
    });
  }

  it('comes by any token of the grant', async () => {
    const [first, second] = [await create('same'), await create('same')];
    await retire({ GrantToken: second.token });
    assert.deepEqual(await listed(), []);
    await assertRefused(retire({ GrantToken: first.token }), 'NotFoundException', /does not exist$/);
  });

  it('comes whatever the state of the key, and at the latest with the key', async () => {
    const grants = [await create(), await create(), await create()];
    await kms.send(new DisableKeyCommand({ KeyId: arn }));
    await retire({ GrantToken: grants[0]!.token });
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: arn, PendingWindowInDays: 7 }));
    await kms.send(new RevokeGrantCommand({ KeyId: arn, GrantId: grants[1]!.id }));
    assert.deepEqual(await listed(), [grants[2]!.id]);
    await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 8 * 86_400 });
    await assertRefused(retire({ GrantToken: grants[2]!.token }), 'NotFoundException', `Key '${arn}' does not exist`);
    await administer(emulator.ready, '/_emulator/clock', { reset: true });
  });

  it('is only tried in a dry run', async () => {
    const grant = await create();
    await assertRefused(retire({ GrantToken: grant.token, DryRun: true }), 'DryRunOperationException', /would have succeeded/);
    await assertRefused(kms.send(new RevokeGrantCommand({ KeyId: arn, GrantId: grant.id, DryRun: true })), 'DryRunOperationException', /would have succeeded/);
    assert.deepEqual(await listed(), [grant.id]);
    await assertRefused(kms.send(new RevokeGrantCommand({ KeyId: arn, GrantId: nobody, DryRun: true })), 'NotFoundException', /does not exist$/);
  });

  const half = 'You must specify a GrantToken, or both a KeyId and a GrantId.';
  const refusals: readonly (readonly [title: string, input: (grant: Made, other: Made) => RetireGrantCommandInput, name: string, message: string | RegExp])[] = [
    ['nothing', () => ({}), 'ValidationException', half],
    ['a key alone', (grant) => ({ KeyId: grant.arn }), 'ValidationException', half],
    ['an id alone', (grant) => ({ GrantId: grant.id }), 'ValidationException', half],
    ['a token and half of the rest', (grant) => ({ GrantToken: grant.token, KeyId: grant.arn }), 'ValidationException', half],
    ['a token that is none', () => ({ GrantToken: 'AAAA' }), 'InvalidGrantTokenException', 'The grant token is not valid.'],
    ['a token of another grant', (grant, other) => ({ GrantToken: other.token, KeyId: grant.arn, GrantId: grant.id }), 'ValidationException', 'The GrantToken is of another grant than the one that KeyId and GrantId name.'],
    ['a key id that is no ARN', (grant) => ({ KeyId: grant.arn.split('/')[1], GrantId: grant.id }), 'InvalidArnException', /^Invalid arn [0-9a-f-]{36}$/],
    ['an alias ARN', (grant) => ({ KeyId: 'arn:aws:kms:us-east-1:111122223333:alias/x', GrantId: grant.id }), 'InvalidArnException', 'Invalid arn arn:aws:kms:us-east-1:111122223333:alias/x'],
    ['an id that is none', (grant) => ({ KeyId: grant.arn, GrantId: 'abc' }), 'InvalidGrantIdException', "Invalid grantId 'abc'"],
    ['an id that nothing has', (grant) => ({ KeyId: grant.arn, GrantId: nobody }), 'NotFoundException', /does not exist$/],
    ['a key of another Region', (grant) => ({ KeyId: grant.arn.replace('us-east-1', 'eu-west-1'), GrantId: grant.id }), 'NotFoundException', 'Invalid arn eu-west-1'],
  ];
  for (const [title, input, name, message] of refusals) {
    it(`does not come by ${title}: ${name}`, async () => {
      const [grant, other] = [await create(), await create()];
      await assertRefused(retire(input(grant, other)), name, message);
      assert.equal((await listed()).length, 2);
    });
  }

  it('does not come by an id that is none', () =>
    assertRefused(kms.send(new RevokeGrantCommand({ KeyId: arn, GrantId: 'abc' })), 'InvalidGrantIdException', "Invalid grantId 'abc'"));

  it('leaves the list as the requests before it say, in whatever order they came', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ act: fc.constant('create' as const), name: fc.constantFrom(undefined, 'a', 'b') }) },
      { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('token' as const, 'id' as const, 'revoke' as const), at: fc.nat(9) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        arn = (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
        const made: Made[] = [];
        const living = new Map<string, string | undefined>();
        for (const each of steps) {
          if (each.act === 'create') {
            const grant = await create(each.name);
            const named = [...living].find(([, name]) => name !== undefined && name === each.name);
            assert.equal(living.has(grant.id), named !== undefined);
            if (named) assert.equal(grant.id, named[0]);
            made.push(grant);
            living.set(grant.id, each.name);
            continue;
          }
          const grant = made[each.at % Math.max(made.length, 1)];
          if (!grant) continue;
          const end = { token: ways[0]![1], id: ways[1]![1], revoke: ways[3]![1] }[each.act](grant);
          if (living.delete(grant.id)) await end;
          else await assertRefused(end, 'NotFoundException', /does not exist$/);
        }
        assert.deepEqual(await listed(), [...living.keys()].sort());
      }),
      { numRuns: 40 },
    );
  }).timeout(60_000);
});
