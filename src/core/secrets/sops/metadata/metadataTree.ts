/** The `sops` part of a file as plain data, whatever the format. In .env and INI files every scalar is text. */
export type MetadataNode = string | number | boolean | null | readonly MetadataNode[] | MetadataMap;

export interface MetadataMap {
  readonly [key: string]: MetadataNode;
}

export function isMetadataMap(node: MetadataNode | undefined): node is MetadataMap {
  return typeof node === 'object' && node !== null && !isMetadataList(node);
}

export function isMetadataList(node: MetadataNode | undefined): node is readonly MetadataNode[] {
  return Array.isArray(node);
}

/** A scalar as text, since readers of SOPS are lenient about its type; empty for null and for what is missing. */
export function textOfNode(node: MetadataNode | undefined): string {
  return typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean' ? String(node) : '';
}

/** The entries of a map in the order in which SOPS writes them since 3.13.0. */
export function sortedEntries(map: MetadataMap): readonly (readonly [key: string, value: MetadataNode])[] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}
