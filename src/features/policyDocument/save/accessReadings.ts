import type { PrincipalPolicies } from '../../../core/kms/service/identityPolicies.ts';
import type { GrantEntry } from '../../../core/kms/service/grants.ts';
import type { KeyReference } from '../../../core/kms/service/keyReference.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';

/** Who has access besides by the key policy. */
export interface AccessReadings {
  readonly grants: readonly GrantEntry[];
  readonly identityPolicies: readonly PrincipalPolicies[];
}

/** A save does not wait longer for what only makes its summary more exact, in milliseconds. */
const patience = 5_000;

/** Reads the grants of a key and the IAM policies of the caller's account. What cannot be read in time is empty, which the review takes as not known. */
export async function accessReadings(service: KeyService, key: KeyReference): Promise<AccessReadings> {
  const signal = AbortSignal.timeout(patience);
  const [grants, identityPolicies] = await Promise.all([
    Array.fromAsync(service.listGrants(key, signal)).then((pages) => pages.flat(), () => []),
    service.listIdentityPolicies(signal).catch(() => []),
  ]);
  return { grants, identityPolicies };
}
