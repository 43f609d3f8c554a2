import type { PrincipalMember } from '../parse/policyTree.ts';
import { roleArnOf, type CallerIdentity } from './caller.ts';

/**
 * How a Principal element covers a caller (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html):
 * `session` by the ARN of a user, a federated user, a role session, a service, or of the root user, which permissions
 * boundaries and session policies do not limit; `role` by the ARN of the role; `everyone` by `*`; `account` by the
 * account alone, which hands the decision on to IAM.
 */
export type PrincipalMatch = 'session' | 'role' | 'everyone' | 'account';

/** `Principal` or `NotPrincipal`, ready to be looked up. */
export interface PrincipalMatcher {
  readonly negated: boolean;
  readonly everyone: boolean;
  readonly accounts: ReadonlySet<string>;
  /** ARNs of users, roles and sessions. */
  readonly arns: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
}

const accountPattern = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/;

/** The account that a principal stands for: `111122223333` and `arn:aws:iam::111122223333:root` are the same. */
export function accountOfPrincipal(text: string): string | undefined {
  const isArn = text.startsWith('arn:');
  return isArn === text.endsWith(':root') ? accountPattern.exec(text)?.[1] : undefined;
}

export function compilePrincipal(member: PrincipalMember, negated: boolean): PrincipalMatcher {
  const accounts = new Set<string>();
  const arns = new Set<string>();
  let everyone = member.text?.text === '*';
  for (const text of textsOf(member, 'AWS')) {
    const account = accountOfPrincipal(text);
    if (text === '*') everyone = true;
    else if (account === undefined) arns.add(text);
    else accounts.add(account);
  }
  const services = new Set(textsOf(member, 'Service'));
  return { negated, everyone, accounts, arns, services, providers: new Set(textsOf(member, 'Federated')) };
}

function textsOf({ groups }: PrincipalMember, name: string): string[] {
  return groups.filter((group) => group.name.text === name).flatMap((group) => group.items.map(({ text }) => text));
}

/**
 * How the matcher covers the caller, the most direct way first; undefined when it does not. A NotPrincipal covers
 * `everyone` whom it does not name, neither directly nor by the account.
 */
export function matchPrincipal(matcher: PrincipalMatcher, caller: CallerIdentity): PrincipalMatch | undefined {
  const named = matchNamed(matcher, caller);
  if (!matcher.negated) return named;
  return named === undefined ? 'everyone' : undefined;
}

function matchNamed(matcher: PrincipalMatcher, caller: CallerIdentity): PrincipalMatch | undefined {
  if (caller.kind === 'service') {
    return matcher.services.has(caller.arn) ? 'session' : matcher.everyone ? 'everyone' : undefined;
  }
  const ofAccount = matcher.accounts.has(caller.account);
  if (matcher.arns.has(caller.arn) || (ofAccount && caller.kind === 'root')) return 'session';
  const role = roleArnOf(caller);
  if (role !== undefined && matcher.arns.has(role)) return 'role';
  if (caller.federatedProvider !== undefined && matcher.providers.has(caller.federatedProvider)) return 'role';
  if (matcher.everyone) return 'everyone';
  return ofAccount ? 'account' : undefined;
}
