import type { MaterialRow } from '../store/tables/materialTable.ts';
import type { UpkeepParts } from '../upkeep/dueChange.ts';
import { isReplica, relatedKeys } from './relatedKeys.ts';

/**
 * Takes imported material out of a key, for its expiry or by DeleteImportedKeyMaterial. Material in use leaves its row
 * behind, to be imported again. Material that waits for its rotation belongs to the key no longer, and when the key is a
 * primary, not to its replicas either
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteImportedKeyMaterial.html). The caller makes it one
 * transaction.
 */
export function dropMaterial({ store, vault }: UpkeepParts, material: MaterialRow): void {
  const { keyArn, materialId, state } = material;
  if (state !== 'PENDING_ROTATION') {
    store.materials.update(material, { wrapped: undefined, validTo: undefined });
    vault.forget(keyArn);
    return;
  }
  const key = store.keys.find(keyArn);
  const keys = key && !isReplica(key) ? relatedKeys(store, key) : [{ arn: keyArn }];
  for (const { arn } of keys) {
    const pending = store.materials.find(arn, materialId);
    if (pending) store.materials.remove(pending);
    vault.forget(arn);
  }
}
