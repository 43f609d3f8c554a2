import type { ListKeyRotationsRequest, RotationsListEntry } from '@aws-sdk/client-kms';
import { materialStateOf } from '../../material/pendingMaterial.ts';
import type { Call } from '../../pipeline/call.ts';
import { takePage } from '../../pipeline/marker.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';
import type { KeyRecord } from '../../store/keyRecord.ts';
import type { MaterialRow } from '../../store/tables/materialTable.ts';
import { checkRotates } from './rotationChecks.ts';

const defaultPage = 100;

/** The members that only imported material has. */
function importMembers({ description, wrapped, validTo }: MaterialRow): RotationsListEntry {
  return {
    KeyMaterialDescription: description,
    ImportState: wrapped ? 'IMPORTED' : 'PENDING_IMPORT',
    ...(wrapped ? { ExpirationModel: validTo === undefined ? 'KEY_MATERIAL_DOES_NOT_EXPIRE' : 'KEY_MATERIAL_EXPIRES' } : {}),
    ...(validTo === undefined ? {} : { ValidTo: new Date(validTo) }),
  };
}

function toEntry(call: Call, key: KeyRecord, material: MaterialRow): RotationsListEntry {
  const { materialId, rotatedAt, rotationType } = material;
  return {
    KeyId: key.arn,
    KeyMaterialId: materialId,
    ...(key.origin === 'EXTERNAL' ? importMembers(material) : {}),
    KeyMaterialState: materialStateOf(call.store, key, material),
    ...(rotatedAt === undefined ? {} : { RotationDate: new Date(rotatedAt) }),
    RotationType: rotationType,
  };
}

/** Oldest first. Without ALL_KEY_MATERIAL, the material that a rotation made current, past and present. */
export const listKeyRotations = keyOperation<Validated<ListKeyRotationsRequest>>({
  name: 'ListKeyRotations',
  run(call, input, key) {
    checkRotates(key);
    const include = input.IncludeKeyMaterial ?? 'ROTATIONS_ONLY';
    const materials = call.store.materials.list(key.arn).filter(({ rotatedAt }) => include === 'ALL_KEY_MATERIAL' || rotatedAt !== undefined);
    const { rows, ...rest } = takePage({
      markers: call.markers,
      list: ['ListKeyRotations', key.arn, include],
      marker: input.Marker,
      limit: input.Limit ?? defaultPage,
      fetch: (after, limit) => materials.filter(({ sequence }) => after === '' || sequence > Number(after)).slice(0, limit),
      nameOf: ({ sequence }) => sequence.toString(),
    });
    return { Rotations: rows.map((material) => toEntry(call, key, material)), ...rest };
  },
});
