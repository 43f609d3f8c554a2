import type { Caller } from '../pipeline/call.ts';
import type { Store } from '../store/store.ts';
import type { PrincipalRow } from '../store/tables/principalTable.ts';
import type { Session } from './sessionTokens.ts';

const rootEnding = ':root';
const withoutPolicies = { tags: {}, policies: [], boundary: undefined, sessionPolicy: undefined, transitiveTagKeys: [] };

/** The name of a user or role in its ARN, without the path. */
export function principalName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/**
 * The caller behind an access key of an account's root or of a user. A user whom nothing is known of but the key has no
 * tags and policies, and the key's id in the place of a unique id.
 */
export function callerOf(store: Store, accessKeyId: string, accountId: string, principalArn: string): Caller {
  const who = { accessKeyId, accountId, arn: principalArn, principalArn };
  if (principalArn.endsWith(rootEnding)) return { ...who, ...withoutPolicies, userId: accountId, kind: 'root' };
  const user = store.principals.find(principalArn);
  if (!user) return { ...who, ...withoutPolicies, userId: accessKeyId, kind: 'user' };
  const { uniqueId: userId, tags, policies, boundary } = user;
  return { ...who, ...withoutPolicies, userId, kind: 'user', tags, policies, boundary };
}

/** The ARN and unique id of a role's session (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html). */
export function roleSessionIdentity(role: PrincipalRow, sessionName: string): { readonly arn: string; readonly userId: string } {
  const partition = role.arn.split(':')[1] ?? 'aws';
  return {
    arn: `arn:${partition}:sts::${role.accountId}:assumed-role/${principalName(role.arn)}/${sessionName}`,
    userId: `${role.uniqueId}:${sessionName}`,
  };
}

/** The caller behind temporary credentials, or undefined when the user or role is gone. */
export function sessionCaller(store: Store, accessKeyId: string, session: Session): Caller | undefined {
  const { accountId, principalArn, sessionName, tags, transitiveTagKeys, policy: sessionPolicy } = session;
  if (sessionName === undefined) {
    const known = principalArn.endsWith(rootEnding) || store.principals.find(principalArn) !== undefined;
    return known ? callerOf(store, accessKeyId, accountId, principalArn) : undefined;
  }
  const role = store.principals.find(principalArn);
  if (!role) return undefined;
  const { policies, boundary } = role;
  const identity = roleSessionIdentity(role, sessionName);
  return {
    accessKeyId,
    accountId,
    ...identity,
    kind: 'roleSession',
    principalArn,
    tags: { ...role.tags, ...tags },
    policies,
    boundary,
    sessionPolicy,
    transitiveTagKeys,
  };
}
