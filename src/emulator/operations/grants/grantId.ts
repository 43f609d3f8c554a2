import { KmsException } from '../../kmsException.ts';

/** Throws InvalidGrantIdException for a text that cannot be the id of a grant. */
export function checkGrantId(grantId: string): void {
  if (!/^[0-9a-f]{64}$/.test(grantId)) throw new KmsException('InvalidGrantIdException', `Invalid grantId '${grantId}'`);
}
