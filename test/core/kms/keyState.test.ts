import assert from 'node:assert/strict';
import type { KeyState } from '../../../src/core/kms/keyMetadata.ts';
import { stateRefusal } from '../../../src/core/kms/keyState.ts';

describe('Key states', () => {
  const cases: readonly (readonly [operation: string, state: KeyState, refusal: string | undefined])[] = [
    ['Encrypt', 'Enabled', undefined],
    ['Encrypt', 'Disabled', 'DisabledException is disabled.'],
    ['Decrypt', 'PendingDeletion', 'KMSInvalidStateException is pending deletion.'],
    ['Decrypt', 'PendingReplicaDeletion', 'KMSInvalidStateException is pending deletion.'],
    ['Sign', 'Creating', 'KMSInvalidStateException is creating.'],
    ['Verify', 'Updating', undefined],
    ['GenerateDataKey', 'PendingImport', 'KMSInvalidStateException is pending import.'],
    ['ReEncrypt', 'Unavailable', 'KMSInvalidStateException is unavailable.'],
    ['EnableKey', 'Disabled', undefined],
    ['EnableKey', 'PendingImport', 'KMSInvalidStateException is pending import.'],
    ['EnableKeyRotation', 'PendingImport', undefined],
    ['EnableKeyRotation', 'Unavailable', undefined],
    ['EnableKeyRotation', 'Disabled', 'DisabledException is disabled.'],
    ['RotateKeyOnDemand', 'PendingImport', 'KMSInvalidStateException is pending import.'],
    ['RotateKeyOnDemand', 'Unavailable', undefined],
    ['RotateKeyOnDemand', 'Updating', 'KMSInvalidStateException is updating.'],
    ['DisableKey', 'Updating', 'KMSInvalidStateException is updating.'],
    ['CancelKeyDeletion', 'Enabled', 'KMSInvalidStateException is not pending deletion.'],
    ['CancelKeyDeletion', 'PendingDeletion', undefined],
    ['ScheduleKeyDeletion', 'PendingImport', undefined],
    ['CreateAlias', 'PendingDeletion', 'KMSInvalidStateException is pending deletion.'],
    ['CreateAlias', 'PendingImport', undefined],
    ['DescribeKey', 'PendingDeletion', undefined],
    ['toString', 'Disabled', undefined],
  ];
  for (const [operation, state, expected] of cases) {
    it(`${operation} on a key in ${state}: ${expected ?? 'accepted'}`, () => {
      const refusal = stateRefusal(operation, state);
      assert.equal(refusal && `${refusal.code} ${refusal.words}`, expected);
    });
  }
});
