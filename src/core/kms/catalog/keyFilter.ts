import type { KeySummary } from './keySummary.ts';

/** What the user typed into the filter of the Keys view, read once and asked for every key. */
export interface KeyFilter {
  readonly text: string;
  /** Whether a term asks for what only DescribeKey tells. */
  readonly needsMetadata: boolean;
  /** Whether a term asks for tags, which only ListResourceTags tells. */
  readonly needsTags: boolean;
  matches(key: KeySummary): boolean;
}

interface Field {
  readonly source: 'list' | 'metadata' | 'tags';
  /** The texts that a term is looked for in. */
  readonly texts: (key: KeySummary) => readonly string[];
}

/** The words before a colon, as in `state:disabled spec:rsa tag:team=orders`. */
const fields: Readonly<Record<string, Field>> = {
  alias: { source: 'list', texts: ({ aliasNames }) => aliasNames },
  id: { source: 'list', texts: ({ keyId }) => [keyId] },
  region: { source: 'list', texts: ({ region }) => [region] },
  type: { source: 'list', texts: ({ keyManager }) => [keyManager] },
  state: { source: 'metadata', texts: ({ metadata }) => (metadata === undefined ? [] : [metadata.keyState]) },
  spec: { source: 'metadata', texts: ({ metadata }) => (metadata === undefined ? [] : [metadata.keySpec]) },
  usage: { source: 'metadata', texts: ({ metadata }) => (metadata === undefined ? [] : [metadata.keyUsage]) },
  origin: { source: 'metadata', texts: ({ metadata }) => (metadata === undefined ? [] : [metadata.origin]) },
  description: { source: 'metadata', texts: ({ metadata }) => (metadata === undefined ? [] : [metadata.description]) },
  store: { source: 'metadata', texts: ({ metadata }) => [metadata?.customKeyStoreId ?? ''] },
  role: { source: 'metadata', texts: ({ metadata }) => [metadata?.multiRegionConfiguration?.multiRegionKeyType ?? ''] },
  tag: { source: 'tags', texts: ({ tags = [] }) => tags.flatMap(({ tagKey, tagValue }) => [`${tagKey}=${tagValue}`]) },
};

/** The fields in the order in which a placeholder names them. */
export const filterFields = Object.keys(fields);

interface Term {
  readonly negated: boolean;
  readonly field: Field | undefined;
  readonly word: string;
}

const termPattern = /(-?)(?:([a-z]+):)?(?:"([^"]*)"|(\S+))/gi;

/** Case, spaces, hyphens and underscores are how people write a state or a spec, and no part of it. */
function loosened(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_-]/g, '');
}

function readTerms(text: string): readonly Term[] {
  return [...text.matchAll(termPattern)].flatMap(([whole, minus = '', name = '', quoted, bare = '']) => {
    const field = Object.hasOwn(fields, name.toLowerCase()) ? fields[name.toLowerCase()] : undefined;
    // An unknown field is no field: the colon may be a part of the word.
    const word = field === undefined && name !== '' ? whole.slice(minus.length) : (quoted ?? bare);
    return word === '' ? [] : [{ negated: minus === '-', field, word }];
  });
}

function termFits({ negated, field, word }: Term, key: KeySummary, everything: string): boolean {
  const fits = field === undefined ? everything.includes(word.toLowerCase()) : field.texts(key).some((text) => loosened(text).includes(loosened(word)));
  return fits !== negated;
}

/** All that is known of a key and worth searching by a plain word. */
function searchableText({ aliasNames, keyId, region, metadata, tags = [] }: KeySummary): string {
  const details = metadata === undefined ? [] : [metadata.description, metadata.keySpec, metadata.keyUsage, metadata.keyState];
  const tagTexts = tags.map(({ tagKey, tagValue }) => `${tagKey}=${tagValue}`);
  return [...aliasNames, keyId, region, ...details, ...tagTexts].join('\n').toLowerCase();
}

/**
 * Reads a filter. Every term must fit: a plain word occurs anywhere in what is known of the key, `field:word` in that
 * field, `-term` must not fit; quotes hold words together. An empty text fits every key.
 */
export function readKeyFilter(text: string): KeyFilter {
  const terms = readTerms(text);
  const plain = terms.some(({ field }) => field === undefined);
  const asks = (source: Field['source']): boolean => terms.some(({ field }) => field?.source === source);
  return {
    text: text.trim(),
    needsMetadata: asks('metadata'),
    needsTags: asks('tags'),
    matches(key) {
      const everything = plain ? searchableText(key) : '';
      return terms.every((term) => termFits(term, key, everything));
    },
  };
}
