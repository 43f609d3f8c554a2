import type { PrincipalPolicies } from '../../kms/service/identityPolicies.ts';
import { roleArnOf, type CallerIdentity } from '../matching/caller.ts';

/** Finds what IAM keeps of a caller; undefined for one of whom nothing was read, as the callers of other accounts. */
export type FindPrincipal = (caller: CallerIdentity) => PrincipalPolicies | undefined;

/** The role of a session is found by its name alone, since a session's ARN lacks the role's path. */
export function principalFinder(known: readonly PrincipalPolicies[]): FindPrincipal {
  const byArn = new Map(known.map((principal) => [principal.arn, principal]));
  const byRoleName = new Map(known.flatMap((principal) => (principal.arn.includes(':role/') ? [[withoutPath(principal.arn), principal] as const] : [])));
  return (caller) => {
    const roleArn = roleArnOf(caller);
    return byArn.get(caller.arn) ?? (roleArn === undefined ? undefined : (byArn.get(roleArn) ?? byRoleName.get(roleArn)));
  };
}

function withoutPath(arn: string): string {
  return `${arn.slice(0, arn.indexOf('/'))}${arn.slice(arn.lastIndexOf('/'))}`;
}
