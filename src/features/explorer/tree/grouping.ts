import type { KeySummary } from '../../../core/kms/catalog/keySummary.ts';

/** What the rows of one level have in common. */
export type Dimension = 'region' | 'type' | 'alias' | 'tag' | 'state' | 'store';

/** How the Keys view is grouped: the levels from the top. */
export const groupings = {
  region: ['region', 'type'],
  type: ['type', 'region'],
  alias: ['alias'],
  tag: ['tag'],
  state: ['state'],
  store: ['store'],
} as const satisfies Readonly<Record<string, readonly Dimension[]>>;

export type Grouping = keyof typeof groupings;

export type KeyType = 'customer' | 'aws' | 'owned';
export const keyTypes: readonly KeyType[] = ['customer', 'aws', 'owned'];

/** Whether a grouping can be drawn only with the metadata of every key. */
export function groupsByMetadata(grouping: Grouping): boolean {
  return grouping === 'state' || grouping === 'store';
}

/** The first part of the alias's path, such as `orders` of `alias/orders/config`; empty without an alias. */
function aliasPrefix({ aliasName }: KeySummary): string {
  return aliasName?.replace(/^alias\//, '').split('/')[0] ?? '';
}

/** The group of a key on a level; empty for a key that has none, or of which it is not known yet. */
export function groupValue(key: KeySummary, dimension: Dimension, tagKey: string): string {
  switch (dimension) {
    case 'region':
      return key.region;
    case 'type':
      return key.keyManager === 'AWS' ? 'aws' : 'customer';
    case 'alias':
      return aliasPrefix(key);
    case 'tag':
      return key.tags?.find((tag) => tag.tagKey === tagKey)?.tagValue ?? '';
    case 'state':
      return key.metadata?.keyState ?? '';
    case 'store':
      return key.metadata?.customKeyStoreId ?? '';
  }
}

export type SortOrder = 'name' | 'created' | 'spec';

/** Puts keys in order. The catalog's own order is by name, and what a key lacks comes last. */
export function sorted(keys: readonly KeySummary[], order: SortOrder): readonly KeySummary[] {
  if (order === 'name') return keys;
  if (order === 'created') return keys.toSorted((a, b) => (b.metadata?.creationDate ?? 0) - (a.metadata?.creationDate ?? 0));
  const spec = (key: KeySummary): string => key.metadata?.keySpec ?? '\uffff';
  return keys.toSorted((a, b) => (spec(a) < spec(b) ? -1 : spec(a) > spec(b) ? 1 : 0));
}
