import assert from 'node:assert/strict';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  paginateListAliases,
  paginateListKeys,
  paginateListResourceTags,
} from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { assertRefused } from '../support/refusal.ts';

describe('Lists', () => {
  const region = 'eu-central-1';
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  const created: string[] = [];
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client(region);
    for (let index = 0; index < 7; index += 1) {
      const Tags = Array.from({ length: 5 }, (_, tag) => ({ TagKey: `tag-${tag}`, TagValue: `${index}` }));
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Tags }));
      created.push(KeyMetadata!.KeyId!);
      await kms.send(new CreateAliasCommand({ AliasName: `alias/key-${index}`, TargetKeyId: KeyMetadata!.KeyId! }));
    }
  });
  after(() => emulator.stop());

  const damaged = (marker: string): string => `${marker.startsWith('A') ? 'B' : 'A'}${marker.slice(1)}`;

  for (const Limit of [1, 3, 6, 7, 8, 1000]) {
    it(`gives every key once, ${Limit} at a time`, async () => {
      const found: string[] = [];
      for await (const page of paginateListKeys({ client: kms, pageSize: Limit }, {})) {
        assert.ok(page.Keys!.length <= Limit);
        assert.equal(page.Truncated, page.NextMarker !== undefined);
        found.push(...page.Keys!.map(({ KeyId }) => KeyId!));
      }
      assert.deepEqual(found, created.toSorted());
    });
  }

  it('gives every alias once in order, those of services among them', async () => {
    const found: string[] = [];
    for await (const { Aliases } of paginateListAliases({ client: kms, pageSize: 4 }, {})) found.push(...Aliases!.map(({ AliasName }) => AliasName!));
    assert.deepEqual(found, found.toSorted());
    assert.equal(new Set(found).size, found.length);
    assert.equal(found.filter((name) => name.startsWith('alias/key-')).length, 7);
    assert.ok(found.includes('alias/aws/s3'));
  });

  it('gives the aliases of one key', async () => {
    const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId: created[2] }));
    assert.deepEqual(Aliases!.map(({ AliasName, TargetKeyId }) => [AliasName, TargetKeyId]), [['alias/key-2', created[2]]]);
  });

  it('gives every tag once', async () => {
    const found: string[] = [];
    for await (const { Tags } of paginateListResourceTags({ client: kms, pageSize: 2 }, { KeyId: created[0] })) found.push(...Tags!.map(({ TagKey }) => TagKey!));
    assert.deepEqual(found, ['tag-0', 'tag-1', 'tag-2', 'tag-3', 'tag-4']);
  });

  it('refuses a marker that is damaged, foreign, or of another list', async () => {
    const { NextMarker: marker } = await kms.send(new ListKeysCommand({ Limit: 2 }));
    const uses: readonly Promise<unknown>[] = [
      kms.send(new ListKeysCommand({ Marker: damaged(marker!) })),
      kms.send(new ListKeysCommand({ Marker: 'AAAA' })),
      kms.send(new ListAliasesCommand({ Marker: marker })),
      kms.send(new ListResourceTagsCommand({ KeyId: created[0], Marker: marker })),
      emulator.client('us-west-2').send(new ListKeysCommand({ Marker: marker })),
    ];
    for (const use of uses) await assertRefused(use, 'InvalidMarkerException', /not valid for this list/);
  });

  it('says that an empty list is complete', async () => {
    const answer = await emulator.client('sa-east-1').send(new ListKeysCommand({}));
    assert.deepEqual([answer.Keys, answer.Truncated, answer.NextMarker], [[], false, undefined]);
  });
});
