import type { DisableKeyRotationRequest, EnableKeyRotationRequest, GetKeyRotationStatusRequest } from '@aws-sdk/client-kms';
import { KmsException } from '../../kmsException.ts';
import { primaryOf } from '../../material/relatedKeys.ts';
import { noSchedule, setSchedule } from '../../material/rotationSchedule.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';
import type { KeyRecord } from '../../store/keyRecord.ts';
import { checkPrimary, checkRotates, checkSymmetric } from './rotationChecks.ts';

const day = 86_400_000;
const defaultPeriod = 365;

/** Automatic rotation is for symmetric keys whose material AWS made, and set on the primary of a multi-Region key. */
function checkRotatesAutomatically(key: KeyRecord): void {
  checkSymmetric(key);
  if (key.origin !== 'AWS_KMS') {
    throw new KmsException('UnsupportedOperationException', `${key.arn} origin is ${key.origin} which is not valid for this operation.`);
  }
  checkPrimary(key);
}

export const enableKeyRotation = keyOperation<Validated<EnableKeyRotationRequest>>({
  name: 'EnableKeyRotation',
  run({ store, now }, input, key) {
    checkRotatesAutomatically(key);
    const rotationPeriodDays = input.RotationPeriodInDays ?? defaultPeriod;
    store.transaction(() => {
      setSchedule(store, key, { rotationPeriodDays, nextRotationAt: now + rotationPeriodDays * day });
    });
    return undefined;
  },
});

export const disableKeyRotation = keyOperation<Validated<DisableKeyRotationRequest>>({
  name: 'DisableKeyRotation',
  run({ store }, _input, key) {
    checkRotatesAutomatically(key);
    store.transaction(() => {
      setSchedule(store, key, noSchedule);
    });
    return undefined;
  },
});

/** A key that waits for its deletion, or a primary that waits for that of its replicas, does not rotate. */
function isPaused({ deletionAt, deletionWindowDays }: KeyRecord): boolean {
  return deletionAt !== undefined || deletionWindowDays !== undefined;
}

/**
 * While deletion is pending the status reads false, and the schedule comes back when the deletion is cancelled. A
 * rotation on demand is complete when it is answered, so OnDemandRotationStartDate, which tells of one that is still
 * going on, is never there.
 */
export const getKeyRotationStatus = keyOperation<Validated<GetKeyRotationStatusRequest>>({
  name: 'GetKeyRotationStatus',
  run({ store }, _input, key) {
    checkRotates(key);
    const primary = primaryOf(store, key);
    const { rotationPeriodDays: days, nextRotationAt } = primary;
    if (days === undefined || nextRotationAt === undefined || isPaused(key) || isPaused(primary)) {
      return { KeyId: key.arn, KeyRotationEnabled: false };
    }
    return { KeyId: key.arn, KeyRotationEnabled: true, RotationPeriodInDays: days, NextRotationDate: new Date(nextRotationAt) };
  },
});
