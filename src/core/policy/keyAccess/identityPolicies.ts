import type { PrincipalPolicies } from '../../kms/service/identityPolicies.ts';
import { compilePolicy } from '../compile/compilePolicy.ts';
import type { Caller } from '../evaluate/request.ts';

/**
 * A caller with the policies that IAM keeps of it. One of whom nothing was read, or of whom a policy is missing, stays as
 * it is: what is not known must not count as nothing.
 */
export function withIdentityPolicies(caller: Caller, principal: PrincipalPolicies | undefined): Caller {
  if (principal === undefined || principal.unread.length > 0) return caller;
  const { policies, boundary } = principal;
  return { ...caller, identityPolicies: policies.map(compilePolicy), ...(boundary === null ? {} : { boundary: compilePolicy(boundary) }) };
}
