import type { ListResourceTagsRequest, Tag, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-kms';
import { KmsException } from '../kmsException.ts';
import { takePage } from '../pipeline/marker.ts';
import { keyOperation, type Validated } from '../pipeline/operation.ts';
import type { TagRecord } from '../store/tables/tagTable.ts';

/** https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
export const mostTags = 50;

/** Tags as they are stored; validation has seen that both members are there. */
export function tagRecords(tags: readonly Tag[]): TagRecord[] {
  return tags.map(({ TagKey: tagKey = '', TagValue: tagValue = '' }) => ({ tagKey, tagValue }));
}

/** Letters, digits and white space of any script, and some signs (https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html). */
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The prefix is reserved in any mixture of upper and lower case. */
function checkTagKeys(tagKeys: readonly string[]): void {
  if (tagKeys.some((tagKey) => /^aws:/i.test(tagKey))) throw new KmsException('TagException', 'Tags beginning with aws: are reserved');
}

function checkTexts(tags: readonly TagRecord[]): void {
  const index = tags.findIndex(({ tagKey, tagValue }) => !tagText.test(tagKey) || !tagText.test(tagValue));
  if (index >= 0) {
    throw new KmsException('TagException', `Tag ${index + 1} has a character that is not a letter, a digit, white space or one of _ . : / = + - @`);
  }
}

/** Throws TagException for tags that no key may have. `total` is how many tags the key would have with them. */
export function checkTags(tags: readonly TagRecord[], total: number): void {
  checkTagKeys(tags.map(({ tagKey }) => tagKey));
  checkTexts(tags);
  if (new Set(tags.map(({ tagKey }) => tagKey)).size < tags.length) throw new KmsException('TagException', 'Duplicate tag keys');
  if (total > mostTags) throw new KmsException('TagException', 'Too many tags');
}

export const tagResource = keyOperation<Validated<TagResourceRequest, 'Tags'>>({
  name: 'TagResource',
  run({ store }, input, key) {
    const tags = tagRecords(input.Tags);
    const present = new Set(store.tags.list(key.arn, '', mostTags).map(({ tagKey }) => tagKey));
    checkTags(tags, present.size + tags.filter(({ tagKey }) => !present.has(tagKey)).length);
    store.transaction(() => {
      for (const tag of tags) store.tags.put(key.arn, tag);
    });
    return undefined;
  },
});

export const untagResource = keyOperation<Validated<UntagResourceRequest, 'TagKeys'>>({
  name: 'UntagResource',
  run({ store }, input, key) {
    checkTagKeys(input.TagKeys);
    store.transaction(() => {
      for (const tagKey of input.TagKeys) store.tags.remove(key.arn, tagKey);
    });
    return undefined;
  },
});

export const listResourceTags = keyOperation<Validated<ListResourceTagsRequest>>({
  name: 'ListResourceTags',
  run({ store, markers }, input, key) {
    const { rows, ...rest } = takePage({
      markers,
      list: ['ListResourceTags', key.arn],
      marker: input.Marker,
      limit: Math.min(input.Limit ?? mostTags, mostTags),
      fetch: (after, limit) => store.tags.list(key.arn, after, limit),
      nameOf: ({ tagKey }) => tagKey,
    });
    return { Tags: rows.map(({ tagKey, tagValue }) => ({ TagKey: tagKey, TagValue: tagValue })), ...rest };
  },
});
