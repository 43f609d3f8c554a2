import { matchesFilter } from '../../core/kms/keyFilter.ts';
import type { RegionKeys } from '../../core/kms/keyCatalog.ts';
import type { KeySummary } from '../../core/kms/keySummary.ts';
import type { ErrorNode, KeyTreeNode, KeyType, RegionNode, TypeNode } from './keyTreeNode.ts';

export type Grouping = 'region' | 'type';

/** A group shows this many keys at first and as many more at each click, which bounds the DescribeKey calls too. */
const groupPage = 200;

const types: readonly KeyType[] = ['customer', 'aws', 'owned'];

/** What the rows are made from. */
export interface KeyTreeSource {
  region(region: string): RegionKeys;
}

/** The rows of the Keys view, made from what the catalog knows. It calls nothing and keeps only what the user chose. */
export class KeyTreeModel {
  grouping: Grouping = 'region';
  filter = '';
  readonly #source: KeyTreeSource;
  readonly #shown = new Map<string, number>();

  constructor(source: KeyTreeSource) {
    this.#source = source;
  }

  roots(regions: readonly string[]): readonly KeyTreeNode[] {
    if (this.grouping === 'type') return types.map((type) => this.#typeNode(type, undefined));
    return regions.filter((region) => this.#isOfInterest(region)).map((region) => this.#regionNode(region, undefined));
  }

  children(node: KeyTreeNode, regions: readonly string[]): readonly KeyTreeNode[] {
    if (node.kind === 'region') return this.#childrenOfRegion(node);
    if (node.kind !== 'type' || node.type === 'owned') return [];
    if (node.region !== undefined) return this.#keyRows(node, node.region, node.type);
    return regions
      .filter((region) => this.hasRows(region, node.type) || this.#source.region(region).state === 'failed')
      .map((region) => this.#regionNode(region, node));
  }

  /** The keys of a type in a Region that pass the filter. */
  keys(region: string, type: KeyType): readonly KeySummary[] {
    const manager = type === 'aws' ? 'AWS' : 'CUSTOMER';
    const ofType = type === 'owned' ? [] : this.#source.region(region).keys.filter((key) => key.keyManager === manager);
    return this.filter === '' ? ofType : ofType.filter((key) => matchesFilter(key, this.filter));
  }

  /** Whether a Region has rows of a type. */
  hasRows(region: string, type: KeyType): boolean {
    return this.keys(region, type).length > 0 || this.#unusedAliases(region, type).length > 0;
  }

  /** Shows the next keys of a long group. */
  showMore(groupId: string): void {
    this.#shown.set(groupId, this.#limit(groupId) + groupPage);
  }

  /** The row of a key, for reveal(). */
  keyNode(key: KeySummary): KeyTreeNode {
    const type: KeyType = key.keyManager === 'AWS' ? 'aws' : 'customer';
    return { kind: 'key', id: keyNodeId(key), parent: this.#groupOf(key.region, type), key };
  }

  #groupOf(region: string, type: KeyType): RegionNode | TypeNode {
    if (this.grouping === 'type') return this.#regionNode(region, this.#typeNode(type, undefined));
    return this.#typeNode(type, this.#regionNode(region, undefined));
  }

  #childrenOfRegion(node: RegionNode): readonly KeyTreeNode[] {
    const { error } = this.#source.region(node.region);
    if (error !== undefined) return [errorNode(node, error)];
    if (node.parent !== undefined) return this.#keyRows(node, node.region, node.parent.type);
    const visible = this.filter === '' ? types : types.filter((type) => this.hasRows(node.region, type));
    return visible.map((type) => this.#typeNode(type, node));
  }

  #keyRows(parent: RegionNode | TypeNode, region: string, type: KeyType): readonly KeyTreeNode[] {
    const keys = this.keys(region, type);
    const limit = this.#limit(parent.id);
    const hidden = keys.length - limit;
    return [
      ...keys.slice(0, limit).map((key) => ({ kind: 'key' as const, id: keyNodeId(key), parent, key })),
      ...this.#unusedAliases(region, type).map((aliasName) => ({
        kind: 'unusedAlias' as const,
        id: `unused/${region}/${aliasName}`,
        parent,
        aliasName,
      })),
      ...(hidden > 0 ? [{ kind: 'more' as const, id: `more/${parent.id}`, parent, groupId: parent.id, hidden }] : []),
    ];
  }

  #unusedAliases(region: string, type: KeyType): readonly string[] {
    if (type !== 'aws') return [];
    const aliases = this.#source.region(region).unusedServiceAliases;
    return aliases.filter((alias) => this.filter === '' || alias.toLowerCase().includes(this.filter.toLowerCase()));
  }

  #isOfInterest(region: string): boolean {
    if (this.filter === '' || this.#source.region(region).state !== 'loaded') return true;
    return types.some((type) => this.hasRows(region, type));
  }

  #limit(groupId: string): number {
    return this.#shown.get(groupId) ?? groupPage;
  }

  /** A filter opens the groups that have matches, so its rows have ids of their own. */
  #prefix(): string {
    return `${this.grouping}${this.filter === '' ? '' : `?${this.filter}`}`;
  }

  #regionNode(region: string, parent: TypeNode | undefined): RegionNode {
    return { kind: 'region', id: `${parent?.id ?? this.#prefix()}/${region}`, parent, region };
  }

  #typeNode(type: KeyType, parent: RegionNode | undefined): TypeNode {
    return { kind: 'type', id: `${parent?.id ?? this.#prefix()}/${type}`, parent, type, region: parent?.region };
  }
}

function keyNodeId(key: KeySummary): string {
  return `key/${key.arn}`;
}

function errorNode(parent: RegionNode, error: ErrorNode['error']): ErrorNode {
  return { kind: 'error', id: `error/${parent.id}`, parent, region: parent.region, error };
}
