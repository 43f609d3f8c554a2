import { type KeyFilter, readKeyFilter } from '../../../core/kms/catalog/keyFilter.ts';
import type { RegionKeys } from '../../../core/kms/catalog/keyCatalog.ts';
import type { KeySummary } from '../../../core/kms/catalog/keySummary.ts';
import type { CustomKeyStore } from '../../../core/kms/service/customKeyStores.ts';
import type { KeyTarget } from '../../../core/kms/keyTarget.ts';
import { type Dimension, type Grouping, groupings, groupValue, keyTypes, sorted, type SortOrder } from './grouping.ts';
import type { ErrorNode, GroupNode, KeyNode, KeyTreeNode, RelatedNode, UnusedAliasNode } from './keyTreeNode.ts';

/** A group shows this many keys at first and as many more at each click, which bounds the DescribeKey calls too. */
const groupPage = 200;

/** What the rows are made from. */
export interface KeyTreeSource {
  region(region: string): RegionKeys;
  /** The custom key stores that are known; the empty ones are shown as well. */
  stores(): readonly CustomKeyStore[];
  /** The keys of the user's own shelves, the last one first. */
  shelf(name: Shelf): readonly KeyTarget[];
}

export type Shelf = 'pinned' | 'recent';

/** The keys that pass the filter in their order, and the groups that were made of them. */
interface Drawing {
  readonly sources: readonly (readonly KeySummary[])[];
  readonly filter: KeyFilter;
  readonly order: SortOrder;
  readonly keys: readonly KeySummary[];
  readonly partitions: Map<string, ReadonlyMap<string, readonly KeySummary[]>>;
}

/** The rows of the Keys view, made from what the catalog knows. It calls nothing and keeps what the user chose. */
export class KeyTreeModel {
  grouping: Grouping = 'region';
  /** The tag by whose values the keys are grouped, when they are grouped by a tag. */
  tagKey = '';
  order: SortOrder = 'name';
  readonly #source: KeyTreeSource;
  readonly #shown = new Map<string, number>();
  #filter: KeyFilter = readKeyFilter('');
  #drawing: Drawing | undefined;

  constructor(source: KeyTreeSource) {
    this.#source = source;
  }

  get filter(): KeyFilter {
    return this.#filter;
  }

  set filterText(text: string) {
    this.#filter = readKeyFilter(text);
  }

  roots(regions: readonly string[]): readonly KeyTreeNode[] {
    const shelves = (['pinned', 'recent'] as const)
      .map((name): GroupNode => ({ kind: 'group', id: `shelf/${name}`, parent: undefined, dimension: 'shelf', value: name }))
      .filter((shelf) => this.keysOf(shelf, regions).length > 0);
    const failures = groupings[this.grouping].some((dimension) => dimension === 'region') ? [] : this.#failures(undefined, regions);
    return [...shelves, ...failures, ...this.#groups(undefined, regions)];
  }

  children(node: KeyTreeNode, regions: readonly string[]): readonly KeyTreeNode[] {
    if (node.kind === 'key') return relatedRows(node);
    if (node.kind !== 'group' || node.value === 'owned') return [];
    const failures = node.dimension === 'region' ? this.#failures(node, [node.value]) : [];
    if (failures.length > 0) return failures;
    return this.#nextDimension(node) === undefined ? this.#keyRows(node, regions) : this.#groups(node, regions);
  }

  /** The keys of a group that pass the filter, in the chosen order. */
  keysOf(group: GroupNode, regions: readonly string[]): readonly KeySummary[] {
    if (group.dimension === 'shelf') return this.#shelfKeys(group.value as Shelf);
    return this.#partition(group.parent, group.dimension, regions).get(group.value) ?? [];
  }

  /** Shows the next keys of a long group. */
  showMore(groupId: string): void {
    this.#shown.set(groupId, this.#limit(groupId) + groupPage);
  }

  /** The row of a key, for reveal(). */
  keyNode(key: KeySummary): KeyNode {
    let parent: GroupNode | undefined;
    for (const dimension of groupings[this.grouping]) parent = this.#groupNode(parent, dimension, this.#valueOf(key, dimension));
    return keyRow(parent ?? this.#groupNode(undefined, 'region', key.region), key);
  }

  /** The keys below a group, or all, by their value on the next level. Every group of a level is made in one pass. */
  #partition(parent: GroupNode | undefined, dimension: GroupNode['dimension'], regions: readonly string[]): ReadonlyMap<string, readonly KeySummary[]> {
    const { partitions } = this.#drawingOf(regions);
    const id = `${parent?.id ?? ''}|${this.grouping}|${this.tagKey}`;
    const known = partitions.get(id);
    if (known !== undefined) return known;
    const keys = parent === undefined ? this.#drawingOf(regions).keys : this.keysOf(parent, regions);
    const partition = Map.groupBy(keys, (key) => this.#valueOf(key, dimension));
    partitions.set(id, partition);
    return partition;
  }

  /** What was made of the keys stays until the catalog has others, or the filter or the order changes. */
  #drawingOf(regions: readonly string[]): Drawing {
    const sources = regions.map((region) => this.#source.region(region).keys);
    const { filter, order } = this;
    const current = this.#drawing;
    const unchanged = current?.filter === filter && current.order === order && current.sources.length === sources.length;
    if (unchanged && current.sources.every((keys, index) => keys === sources[index])) return current;
    const all = sources.flat();
    const keys = sorted(filter.text === '' ? all : all.filter((key) => filter.matches(key)), order);
    this.#drawing = { sources, filter, order, keys, partitions: new Map() };
    return this.#drawing;
  }

  #valueOf(key: KeySummary, dimension: GroupNode['dimension']): string {
    return dimension === 'shelf' ? '' : groupValue(key, dimension, this.tagKey);
  }

  #shelfKeys(name: Shelf): readonly KeySummary[] {
    const known = (target: KeyTarget): KeySummary =>
      this.#source.region(target.region).keys.find(({ arn }) => arn === target.arn) ?? {
        ...target,
        aliasNames: target.aliasName === undefined ? [] : [target.aliasName],
        keyManager: 'CUSTOMER',
        metadata: undefined,
      };
    return this.#source.shelf(name).map(known).filter((key) => this.#filter.matches(key));
  }

  #nextDimension(group: GroupNode | undefined): Dimension | undefined {
    if (group?.dimension === 'shelf') return undefined;
    return groupings[this.grouping][group === undefined ? 0 : pathOf(group).length];
  }

  #groups(parent: GroupNode | undefined, regions: readonly string[]): readonly GroupNode[] {
    const dimension = this.#nextDimension(parent);
    if (dimension === undefined) return [];
    const nodes = this.#values(parent, dimension, regions).map((value) => this.#groupNode(parent, dimension, value));
    return nodes.filter((node) => this.#isShown(node, regions));
  }

  /** Regions and types stand in their own order, whether they have keys or not; other groups are those that have some. */
  #values(parent: GroupNode | undefined, dimension: Dimension, regions: readonly string[]): readonly string[] {
    if (dimension === 'region') return regions;
    if (dimension === 'type') return keyTypes;
    const stores = dimension === 'store' ? this.#source.stores().map(({ customKeyStoreId }) => customKeyStoreId) : [];
    const values = new Set([...stores, ...this.#partition(parent, dimension, regions).keys()]);
    return [...values].sort((a, b) => Number(a === '') - Number(b === '') || (a < b ? -1 : 1));
  }

  #isShown(node: GroupNode, regions: readonly string[]): boolean {
    if (this.keysOf(node, regions).length > 0 || this.#unusedAliases(node).length > 0) return true;
    if (node.dimension === 'region') return this.#isRegionOfInterest(node);
    if (node.dimension === 'store') return this.#filter.text === '';
    return node.dimension === 'type' && (node.parent === undefined || this.#filter.text === '');
  }

  /** An empty Region is left out below a type, and where a filter has left nothing of it. */
  #isRegionOfInterest({ parent, value }: GroupNode): boolean {
    const { state } = this.#source.region(value);
    return parent === undefined ? this.#filter.text === '' || state !== 'loaded' : state === 'failed';
  }

  #keyRows(parent: GroupNode, regions: readonly string[]): readonly KeyTreeNode[] {
    const keys = this.keysOf(parent, regions);
    const limit = this.#limit(parent.id);
    const hidden = keys.length - limit;
    return [
      ...keys.slice(0, limit).map((key) => keyRow(parent, key)),
      ...this.#unusedAliases(parent),
      ...(hidden > 0 ? [{ kind: 'more' as const, id: `more/${parent.id}`, parent, groupId: parent.id, hidden }] : []),
    ];
  }

  #unusedAliases(parent: GroupNode): readonly UnusedAliasNode[] {
    const path = pathOf(parent);
    const region = path.find(({ dimension }) => dimension === 'region')?.value;
    const isAws = path.some(({ dimension, value }) => dimension === 'type' && value === 'aws');
    if (region === undefined || !isAws) return [];
    return this.#source
      .region(region)
      .unusedServiceAliases.filter((aliasName) => aliasName.toLowerCase().includes(this.#filter.text.toLowerCase()))
      .map((aliasName) => ({ kind: 'unusedAlias', id: `unused/${region}/${aliasName}`, parent, aliasName }));
  }

  #failures(parent: GroupNode | undefined, regions: readonly string[]): readonly ErrorNode[] {
    return regions.flatMap((region) => {
      const { error } = this.#source.region(region);
      return error === undefined ? [] : [{ kind: 'error' as const, id: `error/${parent?.id ?? ''}/${region}`, parent, region, error }];
    });
  }

  #limit(groupId: string): number {
    return this.#shown.get(groupId) ?? groupPage;
  }

  /** A filter opens the groups that have matches, so its rows have ids of their own. */
  #groupNode(parent: GroupNode | undefined, dimension: Dimension, value: string): GroupNode {
    const prefix = `${this.grouping}${this.grouping === 'tag' ? `:${this.tagKey}` : ''}${this.#filter.text === '' ? '' : `?${this.#filter.text}`}`;
    return { kind: 'group', id: `${parent?.id ?? prefix}/${value}`, parent, dimension, value };
  }
}

function pathOf(group: GroupNode): readonly GroupNode[] {
  return group.parent === undefined ? [group] : [...pathOf(group.parent), group];
}

/** A key on a shelf stands in its group as well, and no two rows may have one id. */
function keyRow(parent: GroupNode, key: KeySummary): KeyNode {
  const shelf = parent.dimension === 'shelf' ? `${parent.value}/` : '';
  return { kind: 'key', id: `${shelf}key/${key.arn}`, parent, key };
}

/** The other Regions' copies of a multi-Region key. */
function relatedRows(parent: KeyNode): readonly RelatedNode[] {
  const { key, id } = parent;
  const configuration = key.metadata?.multiRegionConfiguration;
  if (configuration === undefined) return [];
  const copies = [
    { ...configuration.primaryKey, role: 'PRIMARY' as const },
    ...configuration.replicaKeys.map((replica) => ({ ...replica, role: 'REPLICA' as const })),
  ];
  return copies
    .filter(({ arn }) => arn !== key.arn)
    .map(({ arn, region, role }) => ({
      kind: 'related',
      id: `${id}/${region}`,
      parent,
      key: { region, arn, keyId: key.keyId, aliasName: undefined },
      role,
    }));
}
