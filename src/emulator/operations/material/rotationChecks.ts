import { KmsException } from '../../kmsException.ts';
import { isReplica } from '../../material/relatedKeys.ts';
import type { KeyRecord } from '../../store/keyRecord.ts';

/** Throws AWS's empty refusal for a key that is not a symmetric one. */
export function checkSymmetric(key: KeyRecord): void {
  if (key.spec !== 'SYMMETRIC_DEFAULT') throw new KmsException('UnsupportedOperationException');
}

/** Throws AWS's empty refusal for a key that never rotates: a symmetric one outside custom key stores does. */
export function checkRotates(key: KeyRecord): void {
  checkSymmetric(key);
  if (key.origin !== 'AWS_KMS' && key.origin !== 'EXTERNAL') throw new KmsException('UnsupportedOperationException');
}

/** Throws for a replica: rotation is a matter of the primary of a multi-Region key. */
export function checkPrimary(key: KeyRecord): void {
  if (isReplica(key)) throw new KmsException('UnsupportedOperationException', `${key.arn} is not a multi-region primary key.`);
}
