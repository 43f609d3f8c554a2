import type { KeyUsage } from '../../core/kms/keyMetadata.ts';
import { stateRefusal } from '../../core/kms/keyState.ts';
import type { Asked } from '../authorization/accessRequest.ts';
import { KmsException } from '../kmsException.ts';
import { type KeyRecord, keyStateOf } from '../store/keyRecord.ts';
import { authorize } from './authorize.ts';
import type { Call } from './call.ts';

/** What a key is wanted for: a row of the state table, and the key usage where one is needed. */
export interface KeyPurpose {
  readonly operation: string;
  readonly usage?: KeyUsage | undefined;
}

/** Authorizes, then checks the key: the order in which AWS KMS answers. */
export function admitKey(call: Call, asked: Asked & { readonly key: KeyRecord }, purpose: KeyPurpose): void {
  authorize(call, asked);
  checkKey(call, asked.key, purpose);
}

/** Checks the key usage and then the key state, and counts the key as used by the call. */
export function checkKey(call: Call, key: KeyRecord, { operation, usage }: KeyPurpose): void {
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
