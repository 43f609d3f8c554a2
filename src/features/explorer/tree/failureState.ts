import type { ErrorCode } from '../../../core/kms/errorCode.ts';
import type { ContextKeyTypes } from '../../../contributions.ts';

/** The welcome view of a failure; `ready` where a row with KMS's own words says more. */
export function failureState(code: ErrorCode): ContextKeyTypes['kmsExplorer.keysView'] {
  switch (code) {
    case 'NO_CREDENTIALS':
    case 'NO_REGION':
      return 'noCredentials';
    case 'EMULATOR_NOT_STARTED':
    case 'EMULATOR_DIED':
    case 'EMULATOR_PORT_IN_USE':
    case 'EMULATOR_DATA_CORRUPT':
      return 'emulatorStopped';
    case 'UNTRUSTED_WORKSPACE':
      return 'untrusted';
    case 'NO_BACKEND':
      return 'noBackend';
    default:
      return 'ready';
  }
}
