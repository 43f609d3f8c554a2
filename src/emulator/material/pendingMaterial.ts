import type { RotationsListEntry } from '@aws-sdk/client-kms';
import type { KeyRecord } from '../store/keyRecord.ts';
import type { Store } from '../store/store.ts';
import type { MaterialRow } from '../store/tables/materialTable.ts';
import { relatedKeys } from './relatedKeys.ts';

/**
 * The state of material as ListKeyRotations tells it. Imported material that waits for its rotation is told apart by
 * whether every Region of a multi-Region key has it already
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_RotationsListEntry.html, KeyMaterialState).
 */
export function materialStateOf(store: Store, key: KeyRecord, material: MaterialRow): NonNullable<RotationsListEntry['KeyMaterialState']> {
  if (material.state !== 'PENDING_ROTATION') return material.state;
  const complete = relatedKeys(store, key).every(({ arn }) => store.materials.find(arn, material.materialId)?.wrapped !== undefined);
  return complete ? 'PENDING_ROTATION' : 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION';
}
