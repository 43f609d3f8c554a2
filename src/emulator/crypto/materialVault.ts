import type { KeySpecName } from '../../core/kms/keySpecs.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import type { Store } from '../store/store.ts';
import type { MaterialChange, MaterialRow } from '../store/tables/materialTable.ts';
import { type LoadedMaterial, loadMaterial, materialIdOf } from './keyMaterial.ts';
import type { RootKey } from './rootKey.ts';

/** What is known of material besides its bytes. What is left out is that of the first material of a key that AWS made. */
export type MaterialFacts = Pick<MaterialRow, 'createdAt'> & Partial<Omit<MaterialRow, 'keyArn' | 'materialId' | 'wrapped'>>;

/** Key material out of the store, unwrapped once and kept ready. */
export interface MaterialVault {
  /** Stores material of a key and gives its id. `stored` is in the form of `generateMaterial`. */
  add(key: Pick<KeyRecord, 'arn' | 'keyId'>, stored: Uint8Array, facts: MaterialFacts): string;
  /** Puts material back in a row that has lost it. */
  putBack(row: MaterialRow, stored: Uint8Array, change: MaterialChange): void;
  /** The material of a row as it was added, or undefined when the row has lost it. */
  read(row: MaterialRow): Buffer | undefined;
  /** The material with this id, or undefined when the key has no such material. */
  load(key: Pick<KeyRecord, 'arn' | 'spec'>, materialId: string): LoadedMaterial | undefined;
  /** Drops what is kept of a key that is gone. */
  forget(keyArn: string): void;
  forgetAll(): void;
}

export function materialVault(store: Store, rootKey: RootKey): MaterialVault {
  const kept = new Map<string, Map<string, LoadedMaterial>>();
  const bindingOf = (arn: string, materialId: string): readonly string[] => ['material', arn, materialId];

  const read = ({ keyArn, materialId, wrapped }: MaterialRow): Buffer | undefined =>
    wrapped && rootKey.unwrap(wrapped, bindingOf(keyArn, materialId));

  const unwrap = (arn: string, spec: KeySpecName, materialId: string): LoadedMaterial | undefined => {
    const row = store.materials.find(arn, materialId);
    const stored = row && read(row);
    return stored && loadMaterial(spec, stored);
  };
  return {
    add(key, stored, facts) {
      const materialId = materialIdOf(key.keyId, stored);
      const wrapped = rootKey.wrap(stored, bindingOf(key.arn, materialId));
      const unset = { rotatedAt: undefined, rotationType: undefined, validTo: undefined, description: undefined };
      store.materials.insert({ keyArn: key.arn, sequence: 0, state: 'CURRENT', ...unset, ...facts, materialId, wrapped });
      kept.delete(key.arn);
      return materialId;
    },
    putBack(row, stored, change) {
      const wrapped = rootKey.wrap(stored, bindingOf(row.keyArn, row.materialId));
      store.materials.update(row, { ...change, wrapped });
      kept.delete(row.keyArn);
    },
    read,
    load(key, materialId) {
      const known = kept.get(key.arn)?.get(materialId);
      if (known) return known;
      const material = unwrap(key.arn, key.spec, materialId);
      if (material) kept.set(key.arn, (kept.get(key.arn) ?? new Map<string, LoadedMaterial>()).set(materialId, material));
      return material;
    },
    forget(keyArn) {
      kept.delete(keyArn);
    },
    forgetAll() {
      kept.clear();
    },
  };
}
