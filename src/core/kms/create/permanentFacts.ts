import type { KeyKindName, RecommendedKey } from './advice.ts';

/** What cannot be changed once a key of this kind is there (https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html). */
export function permanentFacts(kind: KeyKindName, { keySpec, keyUsage, origin, multiRegion }: Pick<RecommendedKey, 'keySpec' | 'keyUsage' | 'origin' | 'multiRegion'>): readonly string[] {
  if (kind !== 'customerManaged') {
    return ['What a service encrypted with one key stays under that key: to move to another one, the data has to be encrypted again.'];
  }
  return [
    `The key spec (${keySpec}) and the key usage (${keyUsage}).`,
    `Where the material comes from (${origin}).`,
    multiRegion
      ? 'That it is multi-Region, and the account it belongs to. Replicas can come and go.'
      : 'The Region and the account it belongs to: a single-Region key never becomes a multi-Region one.',
    'That what it encrypted is lost once the key is deleted. Alias, description, tags, policy and rotation can be changed at any time.',
  ];
}
