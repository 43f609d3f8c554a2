import { dropMaterial } from '../material/dropMaterial.ts';
import type { DueChange } from './dueChange.ts';

/** Imported material is gone when its time has come, and its key is pending import from then on. */
export const materialExpiry: DueChange = {
  next: (store) => store.materials.nextExpiry(),
  settle(parts, now) {
    const expired = parts.store.materials.expiredAt(now);
    if (expired.length === 0) return;
    parts.store.transaction(() => {
      for (const material of expired) dropMaterial(parts, material);
    });
  },
};
