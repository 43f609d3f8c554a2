import assert from 'node:assert/strict';
import {
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  type KMSClient,
  ListResourceTagsCommand,
  paginateListResourceTags,
  ScheduleKeyDeletionCommand,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { assertRefused } from '../support/refusal.ts';

const many = (count: number, prefix = 'k'): Tag[] => Array.from({ length: count }, (_, index) => ({ TagKey: `${prefix}${index}`, TagValue: 'v' }));
const one = (TagKey: string, TagValue = ''): Tag[] => [{ TagKey, TagValue }];

describe('Tags', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  let KeyId: string;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  beforeEach(async () => {
    KeyId = (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.KeyId!;
  });
  after(() => emulator.stop());

  const put = (Tags: Tag[]): Promise<unknown> => kms.send(new TagResourceCommand({ KeyId, Tags }));
  const listed = async (): Promise<Tag[]> => {
    const found: Tag[] = [];
    for await (const { Tags } of paginateListResourceTags({ client: kms, pageSize: 20 }, { KeyId })) found.push(...Tags!);
    return found;
  };

  const texts = ['a', 'Größe', '部署', 'with space', 'a_b.c:d/e=f+g-h@i', 'k'.repeat(128), 'aws', 'awsome:a'];
  for (const text of texts) {
    it(`take ${text.slice(0, 20)} for a key and a value`, async () => {
      await put(one(text, text));
      assert.deepEqual(await listed(), one(text, text));
    });
  }

  const reserved = 'Tags beginning with aws: are reserved';
  const refusals: readonly (readonly [title: string, tags: Tag[], name: string, message: string | RegExp])[] = [
    ['a reserved key', one('aws:cloudformation:stack-name'), 'TagException', reserved],
    ['a reserved key in capitals', one('AWS:a'), 'TagException', reserved],
    ['two tags with one key', [...one('a', '1'), ...one('a', '2')], 'TagException', 'Duplicate tag keys'],
    ['51 tags', many(51), 'TagException', 'Too many tags'],
    ['a sign in a key', one('a*b'), 'TagException', 'Tag 1 has a character that is not a letter, a digit, white space or one of _ . : / = + - @'],
    ['a sign in a value', [...one('a'), ...one('b', 'secret;')], 'TagException', 'Tag 2 has a character that is not a letter, a digit, white space or one of _ . : / = + - @'],
    ['a control character', one('a', 'b\n'), 'TagException', /^Tag 1 has a character/],
    ['an empty key', one(''), 'ValidationException', "1 validation error detected: Value '' at 'tags.1.member.tagKey' failed to satisfy constraint: Member must have length greater than or equal to 1"],
    ['a value of 257 characters', one('a', 'v'.repeat(257)), 'ValidationException', `1 validation error detected: Value '${'v'.repeat(257)}' at 'tags.1.member.tagValue' failed to satisfy constraint: Member must have length less than or equal to 256`],
  ];
  for (const [title, tags, name, message] of refusals) {
    it(`refuse ${title} with ${name}, on a new key as well`, async () => {
      await assertRefused(put(tags), name, message);
      await assertRefused(kms.send(new CreateKeyCommand({ Tags: tags })), name, message);
      assert.deepEqual(await listed(), []);
    });
  }

  it('are at most 50, counting those that are there and are not replaced', async () => {
    await put(many(49));
    await assertRefused(put(many(2, 'new')), 'TagException', 'Too many tags');
    await put(many(1, 'new'));
    await assertRefused(put(one('more')), 'TagException', 'Too many tags');
    await put(one('k0', 'replaced'));
    await kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['k1'] }));
    await put(one('more'));
    const found = await listed();
    assert.equal(found.length, 50);
    assert.deepEqual(found.find(({ TagKey }) => TagKey === 'k0'), { TagKey: 'k0', TagValue: 'replaced' });
  });

  it('are told apart by case', async () => {
    await put([...one('Team', '1'), ...one('team', '2')]);
    await kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['team', 'absent'] }));
    assert.deepEqual(await listed(), one('Team', '1'));
    await assertRefused(kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['aws:a'] })), 'TagException', reserved);
  });

  it('change in every state but pending deletion, and are read in that one too', async () => {
    await kms.send(new DisableKeyCommand({ KeyId }));
    await put(one('a'));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    await assertRefused(put(one('b')), 'KMSInvalidStateException', /is pending deletion\.$/);
    await assertRefused(kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['a'] })), 'KMSInvalidStateException', /is pending deletion\.$/);
    assert.deepEqual(await listed(), one('a'));
  });

  it('are not for AWS managed keys', async () => {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/s3' }));
    KeyId = KeyMetadata!.KeyId!;
    await assertRefused(put(one('a')), 'AccessDeniedException', /is not authorized to perform: kms:TagResource on resource:/);
    assert.deepEqual((await kms.send(new ListResourceTagsCommand({ KeyId }))).Tags, []);
  });
});
