import type { PrincipalPolicies } from '../../kms/service/identityPolicies.ts';
import type { Caller } from '../evaluate/request.ts';
import { callerOfArn } from '../explain/callerNamed.ts';
import type { FindPrincipal } from './principalFinder.ts';
import { withIdentityPolicies } from './identityPolicies.ts';

/**
 * The users and roles besides `callers` that IAM told of and whose policies may be about KMS: one has a text that speaks of
 * KMS, of every action, or of every action but some. Texts are not parsed, since an account may have thousands.
 */
export function iamCandidates(known: readonly PrincipalPolicies[], find: FindPrincipal, callers: readonly Caller[]): readonly PrincipalPolicies[] {
  const named = new Set(callers.map((caller) => find(caller)?.arn ?? caller.arn));
  return known.filter(({ arn, policies, unread }) => !named.has(arn) && unread.length === 0 && policies.some((text) => mayAllowKms.test(text)));
}

const mayAllowKms = /"kms:|"Action"\s*:\s*(?:"\*|\[[^\]]*"\*)|"NotAction"/i;

/** A user or role as a caller, with its policies. */
export function callerOfPrincipal(principal: PrincipalPolicies): readonly Caller[] {
  const caller = callerOfArn(principal.arn);
  return caller === undefined ? [] : [withIdentityPolicies(caller, principal)];
}
