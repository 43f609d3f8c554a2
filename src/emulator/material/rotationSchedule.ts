import type { KeyRecord } from '../store/keyRecord.ts';
import type { Store } from '../store/store.ts';
import { isReplica, relatedKeys } from './relatedKeys.ts';

/** When a key rotates by itself; both undefined while automatic rotation is off. */
export type RotationSchedule = Pick<KeyRecord, 'rotationPeriodDays' | 'nextRotationAt'>;

export const noSchedule: RotationSchedule = { rotationPeriodDays: undefined, nextRotationAt: undefined };

/** Sets the schedule of a key, which is a shared property of the keys of a multi-Region key. The caller makes it one transaction. */
export function setSchedule(store: Store, key: KeyRecord, schedule: RotationSchedule): void {
  for (const each of relatedKeys(store, key)) store.keys.update(each, schedule);
}

/**
 * Takes up the schedule of a key that is enabled again: a rotation that fell due meanwhile is made up for once, right
 * away, and the next one is a whole period later. Otherwise the schedule is as it was
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html). The caller makes it one transaction.
 */
export function resumeSchedule(store: Store, key: KeyRecord, now: number): void {
  const { rotationPeriodDays, nextRotationAt } = key;
  if (isReplica(key) || nextRotationAt === undefined || nextRotationAt >= now) return;
  setSchedule(store, key, { rotationPeriodDays, nextRotationAt: now });
}
