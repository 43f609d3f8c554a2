import type { ImportKeyMaterialRequest } from '@aws-sdk/client-kms';
import { KmsException } from '../kmsException.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import type { Store } from '../store/store.ts';
import type { MaterialRow } from '../store/tables/materialTable.ts';
import { isReplica, primaryOf } from './relatedKeys.ts';
import { nextSequence } from './rotateMaterial.ts';

/** Where imported material goes: into a row that the key has or, as a replica, gets from its primary, or into a new one. */
export type ImportDestination =
  | { readonly row: MaterialRow }
  | { readonly row: undefined; readonly state: 'CURRENT' | 'PENDING_ROTATION'; readonly sequence: number };

function incorrect(words: string): KmsException {
  return new KmsException('IncorrectKeyMaterialException', words);
}

function newRow(key: KeyRecord, materialId: string, known: readonly MaterialRow[]): ImportDestination {
  if (known.some((material) => material.materialId === materialId)) {
    throw incorrect(`The key material is associated with the key ${key.arn} already. Import it as EXISTING_KEY_MATERIAL.`);
  }
  const pending = known.find(({ state }) => state === 'PENDING_ROTATION');
  if (pending) {
    throw new KmsException(
      'KMSInvalidStateException',
      `New key material (id: ${materialId}) cannot be imported into KMS key ${key.arn}, because another key material (id: ${pending.materialId}) is pending rotation.`,
    );
  }
  return { row: undefined, state: known.length === 0 ? 'CURRENT' : 'PENDING_ROTATION', sequence: nextSequence(known) };
}

/**
 * Finds the place of material with this id in a key. New material comes in through the primary of a multi-Region key
 * alone, and later material than the first one into symmetric keys alone
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html). Throws IncorrectKeyMaterialException
 * and KMSInvalidStateException.
 */
export function importDestination(store: Store, key: KeyRecord, materialId: string, type: ImportKeyMaterialRequest['ImportType']): ImportDestination {
  const known = store.materials.list(primaryOf(store, key).arn);
  const isNew = type === undefined ? known.length === 0 && !isReplica(key) : type === 'NEW_KEY_MATERIAL';
  if (isNew) return newRow(key, materialId, known);
  const row = store.materials.find(key.arn, materialId);
  if (row) return { row };
  const elsewhere = known.find((material) => material.materialId === materialId);
  if (elsewhere) return { row: { ...elsewhere, keyArn: key.arn, description: undefined } };
  throw incorrect(`The key material is not one that was imported into the key ${key.arn} before.`);
}
