import type { CompiledPolicy } from '../compile/compiledPolicy.ts';
import type { ConditionContext } from '../conditions/context.ts';
import type { DecidingStatement, PolicyKind } from './decision.ts';
import { findStatements, type Findings, type Question } from './findStatements.ts';
import type { Caller } from './request.ts';
import { sentence, statementName } from './wording.ts';

/** A caller who wants a session of a role. */
export interface TrustRequest {
  readonly caller: Caller;
  /** `sts:AssumeRole`, or `sts:TagSession` for a session with tags. */
  readonly action: string;
  readonly role: { readonly arn: string; readonly account: string; readonly trust: CompiledPolicy };
  readonly context: ConditionContext;
}

export interface TrustDecision {
  readonly allowed: boolean;
  /** One sentence for a person. */
  readonly sentence: string;
}

/**
 * Decides on AssumeRole: the trust policy is enough for a caller of the role's account whom it names; where it names
 * the account, or the caller is of another one, the caller's own policies have to allow as well
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html). Never throws.
 */
export function evaluateTrust({ caller, action, role, context }: TrustRequest): TrustDecision {
  const question: Question = { caller, action: action.toLowerCase(), resource: role.arn, context, assume: undefined, isSettled: () => true };
  const ask = (kind: PolicyKind, policies: readonly CompiledPolicy[]): Findings => findStatements(policies, kind, question);
  const trust = ask('trustPolicy', [role.trust]);
  const isRoot = caller.kind === 'root';
  const identity = ask('identityPolicy', isRoot ? [] : (caller.identityPolicies ?? []));
  const limits = [
    caller.boundary && ask('permissionsBoundary', [caller.boundary]),
    caller.sessionPolicies && ask('sessionPolicy', caller.sessionPolicies),
  ].filter((limit) => limit !== undefined);
  const subject = `${action} of ${role.arn} to ${caller.arn}`;
  const denial = [trust, identity, ...limits].flatMap(({ denies }) => denies)[0];
  if (denial !== undefined) return { allowed: false, sentence: sentence(`${statementName(denial)} denies ${subject}`) };
  const named = trust.allows.find(({ principal }) => principal !== 'account');
  const allowing = named ?? trust.allows[0];
  if (allowing === undefined) return { allowed: false, sentence: sentence(`no statement of the trust policy allows ${subject}`) };
  const isEnough = isRoot || (named !== undefined && caller.account === role.account);
  if (!isEnough && identity.allows.length === 0) return { allowed: false, sentence: lacking(allowing, 'no identity policy allows it') };
  if (named?.principal !== 'session' && limits.some(({ allows }) => allows.length === 0)) {
    return { allowed: false, sentence: lacking(allowing, 'the permissions boundary or the session policy does not allow it') };
  }
  return { allowed: true, sentence: sentence(`${statementName(allowing)} allows ${subject}`) };
}

function lacking(allowing: DecidingStatement, clause: string): string {
  return sentence(`${statementName(allowing)} allows it, but ${clause}`);
}
