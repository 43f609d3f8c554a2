import { randomInt } from 'node:crypto';
import type { Store } from '../../store/store.ts';
import type { SeedPrincipal } from '../seedDocument.ts';

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const idLength = 17;

/** A new unique id (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids). */
function newUniqueId(prefix: 'AIDA' | 'AROA'): string {
  return prefix + Array.from({ length: idLength }, () => idAlphabet.charAt(randomInt(idAlphabet.length))).join('');
}

/** Puts a user or role into the store as the seed has it now; the unique id is that of the first time. */
export function loadPrincipal(store: Store, principal: SeedPrincipal): void {
  const uniqueId = store.principals.find(principal.arn)?.uniqueId ?? newUniqueId(principal.trust === undefined ? 'AIDA' : 'AROA');
  store.principals.put({ ...principal, uniqueId });
}
