import type { AccessRequest } from './request.ts';

/** Facts of the key and its account, which a request cannot change. */
const keyFacts: ReadonlySet<string> = new Set([
  'kms:customermasterkeyspec',
  'kms:customermasterkeyusage',
  'kms:keyorigin',
  'kms:keyspec',
  'kms:keyusage',
  'kms:multiregion',
  'kms:multiregionkeytype',
  'kms:resourcealiases',
  'aws:resourceaccount',
]);

/** Facts of the caller. */
const callerFacts: ReadonlySet<string> = new Set([
  'kms:calleraccount',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:principaltype',
  'aws:username',
]);

/**
 * Whether a condition key that the context lacks is missing for good, because the caller and the key are known.
 * Everything else may be there in another request of the same caller.
 */
export function settledKeys({ caller, key }: AccessRequest): (conditionKey: string) => boolean {
  return (name) => {
    if (callerFacts.has(name)) return true;
    if (name.startsWith('aws:principaltag/')) return caller.tags !== undefined;
    return key !== undefined && (keyFacts.has(name) || name.startsWith('aws:resourcetag/'));
  };
}
