import type { ValueEntry } from '../codec.ts';

type KeyPath = ValueEntry['keyPath'];

/**
 * The key paths that a position may mean when it stands for all values under one: those above the value that it touches
 * or that comes next, the innermost first, and at last the empty one for the whole file. A flat name counts by its dots,
 * as valuesUnder has it.
 */
export function pathsAround(entries: readonly ValueEntry[], offset: number): readonly KeyPath[] {
  const entry = entries.find(({ valueRange }) => valueRange.offset + valueRange.length >= offset) ?? entries.at(-1);
  return entry === undefined ? [] : [...pathsAbove(entry.keyPath), []];
}

function pathsAbove(keyPath: KeyPath): readonly KeyPath[] {
  const above = keyPath.slice(0, -1).map((_part, index) => keyPath.slice(0, index + 1)).reverse();
  const [name] = keyPath;
  if (keyPath.length > 1 || typeof name !== 'string') return above;
  const parts = name.split('.');
  return parts.slice(0, -1).map((_part, index) => [parts.slice(0, parts.length - 1 - index).join('.')]);
}
