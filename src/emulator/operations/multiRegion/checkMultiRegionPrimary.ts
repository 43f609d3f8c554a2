import { KmsException } from '../../kmsException.ts';
import type { KeyRecord } from '../../store/keyRecord.ts';

/** Throws UnsupportedOperationException for a replica, and for a single-Region key. */
export function checkMultiRegionPrimary(key: KeyRecord): void {
  if (key.primaryRegion !== key.region) {
    throw new KmsException('UnsupportedOperationException', `${key.arn} is not a multi-region primary key.`);
  }
}
