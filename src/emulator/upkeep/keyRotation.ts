import { rotateToNewMaterial } from '../material/rotateMaterial.ts';
import { setSchedule } from '../material/rotationSchedule.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import type { DueChange, UpkeepParts } from './dueChange.ts';

const day = 86_400_000;

/** Rotates once for each period that has passed, each time at its own date. */
function catchUp(parts: UpkeepParts, key: KeyRecord, now: number): void {
  const { rotationPeriodDays, nextRotationAt } = key;
  if (rotationPeriodDays === undefined || nextRotationAt === undefined) return;
  const dates: number[] = [];
  let next = nextRotationAt;
  for (; next <= now; next += rotationPeriodDays * day) dates.push(next);
  rotateToNewMaterial(parts, key, 'AUTOMATIC', dates);
  setSchedule(parts.store, key, { rotationPeriodDays, nextRotationAt: next });
}

/**
 * Automatic rotation. It pauses while a key is disabled or its deletion is pending
 * (https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable-disable.html).
 */
export const keyRotation: DueChange = {
  next: (store) => store.keys.nextRotation(),
  settle(parts, now) {
    const due = parts.store.keys.rotatingAt(now);
    if (due.length === 0) return;
    parts.store.transaction(() => {
      for (const key of due) catchUp(parts, key, now);
    });
  },
};
