import type { Edit, TextRange } from '../../codec.ts';
import { flattenMetadata } from '../metadata/flatMetadata.ts';
import type { MetadataMap, MetadataNode } from '../metadata/metadataTree.ts';

/** Where the scalars of a `sops` part stand, by flat key. */
export type MetadataScalars = ReadonlyMap<string, TextRange>;

/**
 * The edits that change the scalars that differ, when `next` has the same keys as what stands there; undefined when
 * the part has another shape and must be written anew.
 */
export function changedScalars(
  standing: MetadataMap,
  scalars: MetadataScalars,
  next: MetadataMap,
  write: (scalar: MetadataNode, range: TextRange) => string,
): readonly Edit[] | undefined {
  const [before, after] = [flattenMetadata(standing), flattenMetadata(next)];
  if (before.size !== after.size) return undefined;
  const edits: Edit[] = [];
  for (const [key, value] of after) {
    if (!before.has(key)) return undefined;
    if (String(before.get(key)) === String(value)) continue;
    const range = scalars.get(key);
    if (range === undefined) return undefined;
    edits.push({ ...range, text: write(value, range) });
  }
  return edits;
}
