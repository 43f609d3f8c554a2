import { KmsException } from '../../kmsException.ts';
import type { KeyRecord } from '../../store/keyRecord.ts';
import { isPrimary } from '../../store/relatedKeys.ts';

/** Throws UnsupportedOperationException for a key that is not the primary key of a multi-Region key. */
export function checkPrimary(key: KeyRecord): void {
  if (!isPrimary(key)) throw new KmsException('UnsupportedOperationException', `${key.arn} is not a multi-region primary key.`);
}
