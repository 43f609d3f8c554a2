import { randomBytes } from 'node:crypto';
import type { KeyRecord } from '../store/keyRecord.ts';
import type { Store } from '../store/store.ts';
import type { MaterialRow } from '../store/tables/materialTable.ts';
import type { UpkeepParts } from '../upkeep/dueChange.ts';
import { relatedKeys } from './relatedKeys.ts';

/** Bytes of the material of a SYMMETRIC_DEFAULT key. */
const materialLength = 32;

/** The number of the material after the last one of a key. */
export function nextSequence(materials: readonly MaterialRow[]): number {
  return (materials.at(-1)?.sequence ?? -1) + 1;
}

/** The material that encrypts now decrypts alone from here on. */
function retireCurrent(store: Store, materials: readonly MaterialRow[]): void {
  for (const material of materials) {
    if (material.state === 'CURRENT') store.materials.update(material, { state: 'NON_CURRENT' });
  }
}

/**
 * Gives a symmetric key that AWS makes the material of a new material for each of `dates` (epoch milliseconds, in order),
 * the same ones in every Region of a multi-Region key. The caller makes it one transaction.
 */
export function rotateToNewMaterial(
  { store, vault }: UpkeepParts,
  key: KeyRecord,
  rotationType: NonNullable<MaterialRow['rotationType']>,
  dates: readonly number[],
): void {
  const made = dates.map((at) => ({ at, stored: randomBytes(materialLength) }));
  for (const each of relatedKeys(store, key)) {
    const materials = store.materials.list(each.arn);
    const first = nextSequence(materials);
    retireCurrent(store, materials);
    for (const [index, { at, stored }] of made.entries()) {
      const state = index === made.length - 1 ? 'CURRENT' : 'NON_CURRENT';
      vault.add(each, stored, { sequence: first + index, state, createdAt: at, rotatedAt: at, rotationType });
    }
  }
}

/** Makes imported material that waits for it the current one, in every Region. The caller makes it one transaction. */
export function rotateToPendingMaterial(store: Store, key: KeyRecord, materialId: string, at: number): void {
  for (const each of relatedKeys(store, key)) {
    const materials = store.materials.list(each.arn);
    const pending = materials.find((material) => material.materialId === materialId);
    if (!pending) continue;
    retireCurrent(store, materials);
    store.materials.update(pending, { state: 'CURRENT', rotatedAt: at, rotationType: 'ON_DEMAND' });
  }
}
