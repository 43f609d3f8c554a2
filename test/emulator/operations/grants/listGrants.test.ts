import assert from 'node:assert/strict';
import {
  CreateGrantCommand,
  type CreateGrantCommandInput,
  CreateKeyCommand,
  type KMSClient,
  ListGrantsCommand,
  type ListGrantsCommandInput,
  ListRetirableGrantsCommand,
  type ListRetirableGrantsCommandInput,
  paginateListGrants,
  paginateListRetirableGrants,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../../emulatorProcess.ts';
import { assertRefused } from '../../support/refusal.ts';

const root = 'arn:aws:iam::111122223333:root';
const roleOf = (index: number): string => `arn:aws:iam::111122223333:role/app-${index % 3}`;
const service = 'dynamodb.amazonaws.com';
const served = {
  GranteePrincipal: undefined,
  GranteeServicePrincipal: service,
  RetiringPrincipal: undefined,
  RetiringServicePrincipal: service,
  Constraints: { SourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/orders' },
};

describe('Lists of grants', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  let many: string;
  let other: string;
  let abroad: string;
  const idsOf: Record<string, string[]> = {};
  const create = async (client: KMSClient, KeyId: string, change: Partial<CreateGrantCommandInput>): Promise<string> => {
    const grant = { KeyId, GranteePrincipal: roleOf(0), RetiringPrincipal: root, Operations: ['Decrypt' as const], ...change };
    return (await client.send(new CreateGrantCommand(grant))).GrantId!;
  };
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
    const distant = emulator.client('eu-west-1');
    const key = async (client: KMSClient): Promise<string> => (await client.send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
    [many, other, abroad] = [await key(kms), await key(kms), await key(distant)];
    for (let index = 0; index < 120; index += 1) (idsOf[roleOf(index)] ??= []).push(await create(kms, many, { GranteePrincipal: roleOf(index) }));
    idsOf['served'] = [await create(kms, many, served)];
    idsOf['other'] = [await create(kms, other, {}), await create(kms, other, {})];
    await create(kms, other, { RetiringPrincipal: roleOf(1) });
    await create(distant, abroad, {});
  });
  after(() => emulator.stop());

  const sorted = (ids: readonly string[]): string[] => [...ids].sort();
  const mine = (): string[] => [0, 1, 2].flatMap((index) => idsOf[roleOf(index)]!);

  for (const pageSize of [undefined, 1, 7, 100, 1000]) {
    it(`give each of 121 grants once in pages of ${pageSize ?? 'the default size'}`, async () => {
      const pages: string[][] = [];
      const configuration = { client: kms, ...(pageSize === undefined ? {} : { pageSize }) };
      for await (const { Grants } of paginateListGrants(configuration, { KeyId: many })) pages.push(Grants!.map(({ GrantId }) => GrantId!));
      assert.equal(pages[0]!.length, Math.min(pageSize ?? 50, 100));
      assert.deepEqual(sorted(pages.flat()), sorted([...mine(), ...idsOf['served']!]));
    });
  }

  it('give each grant that a principal may retire once, on every key of the Region', async () => {
    const found: string[] = [];
    for await (const { Grants } of paginateListRetirableGrants({ client: kms, pageSize: 50 }, { RetiringPrincipal: root })) found.push(...Grants!.map(({ GrantId }) => GrantId!));
    assert.deepEqual(sorted(found), sorted([...mine(), ...idsOf['other']!]));
  });

  const filters: readonly (readonly [title: string, filter: () => Partial<ListGrantsCommandInput>, ids: () => string[]])[] = [
    ['a grantee', () => ({ GranteePrincipal: roleOf(1) }), () => idsOf[roleOf(1)]!],
    ['a service', () => ({ GranteeServicePrincipal: service }), () => idsOf['served']!],
    ['a service as if it were a principal', () => ({ GranteePrincipal: service }), () => []],
    ['an id', () => ({ GrantId: idsOf[roleOf(2)]![5] }), () => [idsOf[roleOf(2)]![5]!]],
    ['an id and its grantee', () => ({ GrantId: idsOf[roleOf(2)]![5], GranteePrincipal: roleOf(2) }), () => [idsOf[roleOf(2)]![5]!]],
    ['an id and another grantee', () => ({ GrantId: idsOf[roleOf(2)]![5], GranteePrincipal: roleOf(1) }), () => []],
    ['an id of another key', () => ({ GrantId: idsOf['other']![0] }), () => []],
    ['a grantee without grants', () => ({ GranteePrincipal: `${roleOf(0)}0` }), () => []],
  ];
  for (const [title, filter, ids] of filters) {
    it(`can be narrowed to ${title}`, async () => {
      const { Grants, Truncated } = await kms.send(new ListGrantsCommand({ KeyId: many, Limit: 100, ...filter() }));
      assert.deepEqual(sorted(Grants!.map(({ GrantId }) => GrantId!)), sorted(ids()));
      assert.equal(Truncated, false);
    });
  }

  it('are narrowed across pages as well', async () => {
    const found: string[] = [];
    for await (const { Grants } of paginateListGrants({ client: kms, pageSize: 7 }, { KeyId: many, GranteePrincipal: roleOf(0) })) found.push(...Grants!.map(({ GrantId }) => GrantId!));
    assert.deepEqual(sorted(found), sorted(idsOf[roleOf(0)]!));
  });

  it('tell a service that may retire from a principal', async () => {
    const { Grants } = await kms.send(new ListRetirableGrantsCommand({ RetiringServicePrincipal: service }));
    assert.deepEqual(Grants!.map(({ GrantId, RetiringServicePrincipal }) => [GrantId, RetiringServicePrincipal]), [[idsOf['served']![0], service]]);
  });

  it('are read whatever the state of the key', async () => {
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: other }));
    assert.equal((await kms.send(new ListGrantsCommand({ KeyId: other }))).Grants!.length, 3);
  });

  const refused: readonly (readonly [title: string, filter: Partial<ListGrantsCommandInput>, name: string, message: string | RegExp])[] = [
    ['an id that is none', { GrantId: 'abc' }, 'InvalidGrantIdException', "Invalid grantId 'abc'"],
    ['two grantees', { GranteePrincipal: root, GranteeServicePrincipal: service }, 'ValidationException', 'You can specify either GranteePrincipal or GranteeServicePrincipal, but not both.'],
    ['a marker that is none', { Marker: 'AAAA' }, 'InvalidMarkerException', /not valid for this list/],
    ['a key that is not there', { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' }, 'NotFoundException', /does not exist$/],
  ];
  for (const [title, filter, name, message] of refused) {
    it(`of a key refuse ${title}`, () => assertRefused(kms.send(new ListGrantsCommand({ KeyId: many, ...filter })), name, message));
  }

  it('refuse a marker of another selection', async () => {
    const { NextMarker } = await kms.send(new ListGrantsCommand({ KeyId: many, Limit: 5 }));
    const refused = (use: Promise<unknown>): Promise<void> => assertRefused(use, 'InvalidMarkerException', /not valid for this list/);
    await refused(kms.send(new ListGrantsCommand({ KeyId: other, Marker: NextMarker })));
    await refused(kms.send(new ListGrantsCommand({ KeyId: many, GranteePrincipal: roleOf(0), Marker: NextMarker })));
    await refused(kms.send(new ListRetirableGrantsCommand({ RetiringPrincipal: root, Marker: NextMarker })));
  });

  const unanswered: readonly (readonly [title: string, input: ListRetirableGrantsCommandInput, name: string, message: string | RegExp])[] = [
    ['no principal', {}, 'ValidationException', 'You must specify either RetiringPrincipal or RetiringServicePrincipal.'],
    ['two principals', { RetiringPrincipal: root, RetiringServicePrincipal: service }, 'ValidationException', 'You can specify either RetiringPrincipal or RetiringServicePrincipal, but not both.'],
    ['a text that is no principal', { RetiringPrincipal: 'alice' }, 'InvalidArnException', 'ARN does not refer to a valid principal: alice'],
    ['a service that is none', { RetiringServicePrincipal: 'alice' }, 'ValidationException', 'alice is not a service principal.'],
    ['a principal of another account', { RetiringPrincipal: 'arn:aws:iam::444455556666:root' }, 'AccessDeniedException', /is not authorized to perform: kms:ListRetirableGrants on resource: arn:aws:iam::444455556666:root/],
  ];
  for (const [title, input, name, message] of unanswered) {
    it(`of a principal refuse ${title}`, () => assertRefused(kms.send(new ListRetirableGrantsCommand(input)), name, message));
  }
});
