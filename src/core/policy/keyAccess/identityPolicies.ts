import type { PrincipalPolicies } from '../../kms/service/identityPolicies.ts';
import { compilePolicy } from '../compile/compilePolicy.ts';
import type { Caller } from '../evaluate/request.ts';
import { roleArnOf } from '../matching/caller.ts';

/**
 * The callers with the policies that IAM keeps of them. Those of whom nothing was read, as the callers of other
 * accounts, stay as they are. The role of a session is found by its name alone, since a session's ARN lacks the role's path.
 */
export function withIdentityPolicies(callers: readonly Caller[], known: readonly PrincipalPolicies[]): readonly Caller[] {
  const byArn = new Map(known.map((principal) => [principal.arn, principal]));
  const byRoleName = new Map(known.flatMap((principal) => (principal.arn.includes(':role/') ? [[withoutPath(principal.arn), principal] as const] : [])));
  return callers.map((caller) => {
    const roleArn = roleArnOf(caller);
    const found = byArn.get(caller.arn) ?? (roleArn === undefined ? undefined : (byArn.get(roleArn) ?? byRoleName.get(roleArn)));
    if (found === undefined) return caller;
    const boundary = found.boundary === null ? {} : { boundary: compilePolicy(found.boundary) };
    return { ...caller, identityPolicies: found.policies.map(compilePolicy), ...boundary };
  });
}

function withoutPath(arn: string): string {
  return `${arn.slice(0, arn.indexOf('/'))}${arn.slice(arn.lastIndexOf('/'))}`;
}
