import type { CompiledPolicy } from '../../core/policy/compile/compiledPolicy.ts';
import { conditionContext } from '../../core/policy/conditions/conditionContext.ts';
import type { Denial, PolicyKind } from '../../core/policy/evaluate/decision.ts';
import { findStatements, type Findings, type Question } from '../../core/policy/evaluate/findStatements.ts';
import { accessDeniedMessage, denialSuffix, sentence, statementName } from '../../core/policy/evaluate/wording.ts';
import { requestOrigin } from '../authorization/requestOrigin.ts';
import { KmsException } from '../kmsException.ts';
import type { StsCall } from '../sts/answerSts.ts';

/**
 * Lets the call go on when the caller's own policies allow the action on all resources, within the caller's
 * permissions boundary and session policy; the account's root may do everything. Throws AccessDeniedException.
 */
export function authorizeIam(call: Omit<StsCall, 'sessionTokens'>, action: string): void {
  const { caller } = call.access.caller(call.caller);
  if (caller.kind === 'root') {
    Object.assign(call.notes, { decision: 'allow', reason: "The account's root may read its users and roles." });
    return;
  }
  const context = conditionContext({ ...requestOrigin(call), operation: action, caller, region: call.region });
  const question: Question = { caller, action: action.toLowerCase(), resource: '*', context, assume: undefined, isSettled: () => true };
  const { identityPolicies = [], boundary, sessionPolicies } = caller;
  const identity = findStatements(identityPolicies, 'identityPolicy', question);
  const limits = [
    ...(boundary === undefined ? [] : [limitOf('permissionsBoundary', [boundary], question)]),
    ...(sessionPolicies === undefined ? [] : [limitOf('sessionPolicy', sessionPolicies, question)]),
  ];
  const [allowing] = identity.allows;
  const [denying] = [identity, ...limits.map(({ findings }) => findings)].flatMap(({ denies }) => denies);
  if (denying !== undefined) throw refusal(call, action, { policy: denying.policy, isExplicit: true });
  if (allowing === undefined) throw refusal(call, action, { policy: 'identityPolicy', isExplicit: false });
  const lacking = limits.find(({ findings }) => findings.allows.length === 0);
  if (lacking !== undefined) throw refusal(call, action, { policy: lacking.policy, isExplicit: false });
  Object.assign(call.notes, { decision: 'allow', reason: sentence(`${statementName(allowing)} allows ${action} to ${caller.arn}`) });
}

function limitOf(policy: PolicyKind, policies: readonly CompiledPolicy[], question: Question): { readonly policy: PolicyKind; readonly findings: Findings } {
  return { policy, findings: findStatements(policies, policy, question) };
}

function refusal({ caller, notes }: Pick<StsCall, 'caller' | 'notes'>, action: string, denial: Denial): KmsException {
  const message = accessDeniedMessage(caller.arn, { action, resource: '*', suffix: denialSuffix(denial, action) });
  Object.assign(notes, { decision: 'deny', reason: `${message}.` });
  return new KmsException('AccessDeniedException', message);
}
