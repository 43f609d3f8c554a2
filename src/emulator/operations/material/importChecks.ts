import { KmsException } from '../../kmsException.ts';
import type { KeyRecord } from '../../store/keyRecord.ts';

/** Throws for a key that takes no imported material. */
export function checkImports(key: KeyRecord): void {
  if (key.origin === 'EXTERNAL') return;
  throw new KmsException('UnsupportedOperationException', `${key.arn} origin is ${key.origin} which is not valid for this operation.`);
}
