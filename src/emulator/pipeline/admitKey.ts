import type { KeyUsage } from '../../core/kms/keyMetadata.ts';
import { stateRefusal } from '../../core/kms/keyState.ts';
import { KmsException } from '../kmsException.ts';
import { type KeyRecord, keyStateOf } from '../store/keyRecord.ts';
import { authorize } from './authorize.ts';
import type { Call } from './call.ts';

/** What a key is wanted for. `operation` names the row of the state table, `action` the IAM action. */
export interface KeyPurpose {
  readonly action: string;
  readonly operation: string;
  readonly usage?: KeyUsage | undefined;
}

/** Authorizes, then checks the key usage, then the key state: the order in which AWS KMS answers. */
export function admitKey(call: Call, key: KeyRecord, { action, operation, usage }: KeyPurpose): void {
  authorize(call, action, key);
  if (usage !== undefined && key.usage !== usage) {
    throw new KmsException(
      'InvalidKeyUsageException',
      `${key.arn} key usage is ${key.usage} which is not valid for ${operation}.`,
    );
  }
  const refusal = stateRefusal(operation, keyStateOf(key, call.now));
  if (refusal) throw new KmsException(refusal.code, `${key.arn} ${refusal.words}`);
  call.admitted.push(key.arn);
}
