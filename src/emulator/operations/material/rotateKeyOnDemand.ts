import type { RotateKeyOnDemandRequest } from '@aws-sdk/client-kms';
import { KmsException } from '../../kmsException.ts';
import { materialStateOf } from '../../material/pendingMaterial.ts';
import { rotateToNewMaterial, rotateToPendingMaterial } from '../../material/rotateMaterial.ts';
import type { Call } from '../../pipeline/call.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';
import type { KeyRecord } from '../../store/keyRecord.ts';
import type { MaterialRow } from '../../store/tables/materialTable.ts';
import { checkPrimary, checkRotates } from './rotationChecks.ts';

/** For each key, and not adjustable (https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html). */
const mostRotations = 25;
/** Automatic rotation that is due so soon, in milliseconds, is in the way. The same page, ConflictException. */
const conflictWindow = 20 * 60_000;

function checkLimit(key: KeyRecord, materials: readonly MaterialRow[]): void {
  if (materials.filter(({ rotationType }) => rotationType === 'ON_DEMAND').length < mostRotations) return;
  throw new KmsException(
    'LimitExceededException',
    `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${key.arn}`,
  );
}

function checkConflict(key: KeyRecord, now: number): void {
  if (key.nextRotationAt !== undefined && key.nextRotationAt - now <= conflictWindow) {
    throw new KmsException('ConflictException', `An automatic rotation of ${key.arn} is scheduled to begin within the next 20 minutes.`);
  }
}

/** The imported material that every Region has and that waits for this rotation. */
function pendingOf(call: Call, key: KeyRecord, materials: readonly MaterialRow[]): MaterialRow {
  const pending = materials.find((material) => materialStateOf(call.store, key, material) === 'PENDING_ROTATION');
  if (pending) return pending;
  throw new KmsException('KMSInvalidStateException', `No available key material pending rotation for the key: ${key.arn}.`);
}

/** The rotation is complete when it is answered; a schedule of automatic rotations stays as it is. */
export const rotateKeyOnDemand = keyOperation<Validated<RotateKeyOnDemandRequest>>({
  name: 'RotateKeyOnDemand',
  run(call, _input, key) {
    checkRotates(key);
    checkPrimary(key);
    const { store, now } = call;
    const materials = store.materials.list(key.arn);
    checkLimit(key, materials);
    checkConflict(key, now);
    const pending = key.origin === 'EXTERNAL' ? pendingOf(call, key, materials) : undefined;
    store.transaction(() => {
      if (pending) rotateToPendingMaterial(store, key, pending.materialId, now);
      else rotateToNewMaterial(call, key, 'ON_DEMAND', [now]);
    });
    return { KeyId: key.arn };
  },
});
