import { compileTrustPolicy } from '../../core/policy/compile/compilePolicy.ts';
import { conditionContext } from '../../core/policy/conditions/conditionContext.ts';
import type { ConditionContext } from '../../core/policy/conditions/context.ts';
import type { Caller } from '../../core/policy/evaluate/request.ts';
import { evaluateTrust, type TrustDecision } from '../../core/policy/evaluate/evaluateTrust.ts';
import { requestOrigin } from '../authorization/requestOrigin.ts';
import type { PrincipalRow } from '../store/tables/principalTable.ts';
import type { StsCall } from './answerSts.ts';

/** What trust policies can ask of an AssumeRole request. */
export interface TrustAsked {
  /** `sts:AssumeRole` or `sts:TagSession`. */
  readonly action: string;
  readonly sessionName: string;
  readonly externalId: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
}

/** Whether the trust policy of a role and the policies of the caller allow the session. Users and what is not there have no sessions. */
export function decideTrust(call: StsCall, role: PrincipalRow | undefined, asked: TrustAsked): TrustDecision {
  if (role?.trust === undefined) return { allowed: false, sentence: 'There is no such role.' };
  const { caller } = call.access.caller(call.caller);
  const { arn, accountId: account } = role;
  const trust = compileTrustPolicy(role.trust);
  return evaluateTrust({ caller, action: asked.action, role: { arn, account, trust }, context: contextOf(call, caller, role, asked) });
}

/** The global condition keys and those of STS (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-sts). */
function contextOf(call: StsCall, caller: Caller, role: PrincipalRow, { action, sessionName, externalId, tags, transitiveTagKeys }: TrustAsked): ConditionContext {
  const isTagged = Object.keys(tags).length > 0;
  const facts = { ...requestOrigin(call), operation: action, caller, region: call.region, ...(isTagged ? { parameters: { tags } } : {}) };
  return new Map([
    ...conditionContext(facts),
    ...Object.entries(role.tags).map(([tag, value]) => [`aws:resourcetag/${tag.toLowerCase()}`, [value]] as const),
    ['aws:resourceaccount', [role.accountId]],
    ['sts:rolesessionname', [sessionName]],
    ...(externalId === undefined ? [] : [['sts:externalid', [externalId]] as const]),
    ...(transitiveTagKeys.length === 0 ? [] : [['sts:transitivetagkeys', transitiveTagKeys] as const]),
  ]);
}
