import type {
  CancelKeyDeletionRequest,
  DisableKeyRequest,
  EnableKeyRequest,
  ScheduleKeyDeletionRequest,
  UpdateKeyDescriptionRequest,
} from '@aws-sdk/client-kms';
import { hasReplicas } from '../material/relatedKeys.ts';
import { resumeSchedule } from '../material/rotationSchedule.ts';
import { keyOperation, type Validated } from '../pipeline/operation.ts';

const day = 86_400_000;
const defaultWindow = 30;

export const enableKey = keyOperation<Validated<EnableKeyRequest>>({
  name: 'EnableKey',
  run({ store, now }, _input, key) {
    store.transaction(() => {
      store.keys.update(key, { enabled: true });
      resumeSchedule(store, { ...key, enabled: true }, now);
    });
    return undefined;
  },
});

export const disableKey = keyOperation<Validated<DisableKeyRequest>>({
  name: 'DisableKey',
  run(call, _input, key) {
    call.store.keys.update(key, { enabled: false });
    return undefined;
  },
});

export const updateKeyDescription = keyOperation<Validated<UpdateKeyDescriptionRequest, 'Description'>>({
  name: 'UpdateKeyDescription',
  run(call, input, key) {
    call.store.keys.update(key, { description: input.Description });
    return undefined;
  },
});

/**
 * The waiting period may have 7 to 30 days (https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html).
 * That of a primary key with replicas begins when the last of them is deleted, so that it has no date yet.
 */
export const scheduleKeyDeletion = keyOperation<Validated<ScheduleKeyDeletionRequest>>({
  name: 'ScheduleKeyDeletion',
  run(call, input, key) {
    const days = input.PendingWindowInDays ?? defaultWindow;
    if (hasReplicas(call.store, key)) {
      call.store.keys.update(key, { deletionWindowDays: days });
      return { KeyId: key.arn, KeyState: 'PendingReplicaDeletion', PendingWindowInDays: days };
    }
    const deletionAt = call.now + days * day;
    call.store.keys.update(key, { deletionAt, deletionWindowDays: days });
    return { KeyId: key.arn, DeletionDate: new Date(deletionAt), KeyState: 'PendingDeletion', PendingWindowInDays: days };
  },
});

/** A key that was saved from deletion is disabled, so that nothing uses it unnoticed. */
export const cancelKeyDeletion = keyOperation<Validated<CancelKeyDeletionRequest>>({
  name: 'CancelKeyDeletion',
  run(call, _input, key) {
    call.store.keys.update(key, { deletionAt: undefined, deletionWindowDays: undefined, enabled: false });
    return { KeyId: key.arn };
  },
});
