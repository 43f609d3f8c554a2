import type { KeySummary } from './keySummary.ts';

/**
 * Whether a key fits what the user typed: every word must occur in one of its aliases, its id, its description, its
 * spec, its state or its Region, whatever the case. Description, spec and state count once the key is described.
 */
export function matchesFilter(key: KeySummary, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const haystack = searchableText(key);
  return words.every((word) => haystack.includes(word));
}

function searchableText(key: KeySummary): string {
  const { metadata } = key;
  const details = metadata === undefined ? [] : [metadata.description, metadata.keySpec, metadata.keyUsage, metadata.keyState];
  return [...key.aliasNames, key.keyId, key.region, ...details].join('\n').toLowerCase();
}
