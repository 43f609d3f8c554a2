import type { DisableKeyRotationRequest, EnableKeyRotationRequest, GetKeyRotationStatusRequest } from '@aws-sdk/client-kms';
import { KmsException } from '../kmsException.ts';
import { keyOperation, type Validated } from '../pipeline/operation.ts';
import { type KeyRecord, keyStateOf } from '../store/keyRecord.ts';

const day = 86_400_000;
const defaultPeriod = 365;

function checkSymmetric(key: KeyRecord): void {
  if (key.spec !== 'SYMMETRIC_DEFAULT') throw new KmsException('UnsupportedOperationException');
}

function refuseOrigin(key: KeyRecord): KmsException {
  return new KmsException('UnsupportedOperationException', `${key.arn} origin is ${key.origin} which is not valid for this operation.`);
}

/** Automatic rotation is for symmetric keys whose material AWS made, and set on the primary of a multi-Region key. */
function checkRotatable(key: KeyRecord): void {
  checkSymmetric(key);
  if (key.origin !== 'AWS_KMS') throw refuseOrigin(key);
  if (key.primaryRegion !== undefined && key.primaryRegion !== key.region) {
    throw new KmsException('UnsupportedOperationException', `${key.arn} is not a multi-region primary key.`);
  }
}

export const enableKeyRotation = keyOperation<Validated<EnableKeyRotationRequest>>({
  name: 'EnableKeyRotation',
  run(call, input, key) {
    checkRotatable(key);
    const rotationPeriodDays = input.RotationPeriodInDays ?? key.rotationPeriodDays ?? defaultPeriod;
    call.store.keys.update(key, { rotationPeriodDays, nextRotationAt: call.now + rotationPeriodDays * day });
    return undefined;
  },
});

export const disableKeyRotation = keyOperation<Validated<DisableKeyRotationRequest>>({
  name: 'DisableKeyRotation',
  run(call, _input, key) {
    checkRotatable(key);
    call.store.keys.update(key, { rotationPeriodDays: undefined, nextRotationAt: undefined });
    return undefined;
  },
});

/** While deletion is pending the status reads false, and the schedule comes back when the deletion is cancelled. */
export const getKeyRotationStatus = keyOperation<Validated<GetKeyRotationStatusRequest>>({
  name: 'GetKeyRotationStatus',
  run(call, _input, key) {
    checkSymmetric(key);
    if (key.storeId !== undefined) throw refuseOrigin(key);
    const { rotationPeriodDays: days, nextRotationAt } = key;
    if (days === undefined || nextRotationAt === undefined || keyStateOf(key, call.now) === 'PendingDeletion') {
      return { KeyId: key.arn, KeyRotationEnabled: false };
    }
    return { KeyId: key.arn, KeyRotationEnabled: true, RotationPeriodInDays: days, NextRotationDate: new Date(nextRotationAt) };
  },
});
