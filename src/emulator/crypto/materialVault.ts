import type { KeySpecName } from '../../core/kms/keySpecs.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import type { Store } from '../store/store.ts';
import { type LoadedMaterial, loadMaterial, materialIdOf } from './keyMaterial.ts';
import type { RootKey } from './rootKey.ts';

/** Key material out of the store, unwrapped once and kept ready. */
export interface MaterialVault {
  /** Stores material as the next version of a key's. `stored` is in the form of `generateMaterial`. */
  add(key: Pick<KeyRecord, 'arn' | 'keyId'>, sequence: number, stored: Uint8Array, createdAt: number): string;
  /** The material with this id, or undefined when the key has no such material. */
  load(key: Pick<KeyRecord, 'arn' | 'spec'>, materialId: string): LoadedMaterial | undefined;
  /** Drops what is kept of a key that is gone. */
  forget(keyArn: string): void;
  forgetAll(): void;
}

export function materialVault(store: Store, rootKey: RootKey): MaterialVault {
  const kept = new Map<string, Map<string, LoadedMaterial>>();
  const bindingOf = (arn: string, materialId: string): readonly string[] => ['material', arn, materialId];

  const unwrap = (arn: string, spec: KeySpecName, materialId: string): LoadedMaterial | undefined => {
    const row = store.materials.find(arn, materialId);
    return row && loadMaterial(spec, rootKey.unwrap(row.wrapped, bindingOf(arn, materialId)));
  };
  return {
    add(key, sequence, stored, createdAt) {
      const materialId = materialIdOf(key.keyId, stored);
      const wrapped = rootKey.wrap(stored, bindingOf(key.arn, materialId));
      store.materials.insert({ keyArn: key.arn, sequence, materialId, wrapped, createdAt });
      return materialId;
    },
    load(key, materialId) {
      const ofKey = kept.get(key.arn) ?? new Map<string, LoadedMaterial>();
      const material = ofKey.get(materialId) ?? unwrap(key.arn, key.spec, materialId);
      if (material) kept.set(key.arn, ofKey.set(materialId, material));
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
