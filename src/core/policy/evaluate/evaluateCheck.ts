import { allowByIam, allowOnKey, isForeign, type AllowPath } from './allowPaths.ts';
import { allFindings, askPolicies, denialsOf, lackingCeiling, type Answers } from './askPolicies.ts';
import type { Check } from './checks.ts';
import type { DecidingStatement, Decision, DecisionKind, Denial, FailedCondition, PolicyKind } from './decision.ts';
import type { AccessRequest } from './request.ts';
import { denialSuffix, failureClause, policyName, sentence, statementName } from './wording.ts';

/** Decides on one permission, in the order of AWS: denials, limits of accounts, and then the first way that allows. */
export function evaluateCheck(check: Check, request: AccessRequest): Decision {
  const answers = askPolicies(check, request);
  const [denial] = denialsOf(answers);
  if (denial !== undefined) return explicitDeny(answers, denial);
  if (isForeign(answers) && !check.action.crossAccount) return crossAccountDeny(answers);
  if (isServiceOnly(answers)) return awsManagedKeyDeny(answers);
  const lacking = lackingCeiling(answers);
  if (lacking !== undefined) return implicitDeny(answers, lacking);
  const path = check.key === undefined ? allowByIam(answers) : allowOnKey(answers);
  return typeof path === 'string' ? implicitDeny(answers, path) : allow(answers, path);
}

/** What the account may do with an AWS managed key without its service: look at it, and give up grants. */
const directActions = ['RevokeGrant', 'RetireGrant'];

/** AWS managed keys are used through their service (https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk). */
function isServiceOnly({ check: { key, action, context }, request: { caller, assume } }: Answers): boolean {
  if (key?.manager !== 'AWS' || caller.kind === 'service') return false;
  if (action.access === 'Read' || action.access === 'List' || directActions.includes(action.name)) return false;
  return !context.has('kms:viaservice') && assume !== 'favourable';
}

function explicitDeny(answers: Answers, denial: DecidingStatement): Decision {
  const statements = denialsOf(answers);
  const clause = `${statementName(denial)} denies ${answers.action} to ${answers.request.caller.arn}`;
  return denied(answers, 'explicitDeny', { policy: denial.policy, isExplicit: true }, statements, clause);
}

function crossAccountDeny(answers: Answers): Decision {
  const clause = `the action ${answers.action} does not work on a key of another account, whatever the policies say`;
  return denied(answers, 'crossAccountDeny', { policy: 'keyPolicy', isExplicit: false }, [], clause);
}

function awsManagedKeyDeny(answers: Answers): Decision {
  const clause = `this is an AWS managed key, for which ${answers.action} works through its service only`;
  return denied(answers, 'awsManagedKeyDeny', { policy: 'keyPolicy', isExplicit: false }, [], clause);
}

function implicitDeny(answers: Answers, policy: PolicyKind): Decision {
  const failure = failuresOf(answers).find(({ statement }) => statement.policy === policy);
  const reason = failure === undefined ? lackClause(answers, policy) : failureClause(failure);
  const clause = `nothing allows ${answers.action} to ${answers.request.caller.arn}: ${reason}`;
  return denied(answers, 'implicitDeny', { policy, isExplicit: false }, [], clause);
}

function lackClause({ check, action, keyPolicy }: Answers, policy: PolicyKind): string {
  if (policy === 'keyPolicy') {
    return check.action.name === 'RetireGrant'
      ? 'the caller neither received nor created the grant, and is not its retiring principal'
      : 'no statement of the key policy covers it, and no grant does';
  }
  if (policy !== 'identityPolicy') return `${policyName(policy)} does not allow ${action}`;
  const leaves = keyPolicy.allows[0];
  const start = leaves === undefined ? '' : `${statementName(leaves)} leaves it to IAM, and `;
  return `${start}no identity policy allows it`;
}

/** Conditions of Deny statements that did not hold are why something is allowed, and explain nothing here. */
function failuresOf(answers: Answers): readonly FailedCondition[] {
  return allFindings(answers)
    .flatMap(({ failures }) => failures)
    .filter(({ statement }) => statement.effect === 'Allow');
}

function denied(
  answers: Answers,
  kind: DecisionKind,
  denial: Denial,
  statements: readonly DecidingStatement[],
  clause: string,
): Decision {
  const { action, check } = answers;
  return {
    allowed: false,
    kind,
    action,
    resource: check.resource,
    statements,
    grants: [],
    failedConditions: failuresOf(answers),
    suffix: denialSuffix(denial, action),
    sentence: sentence(clause),
  };
}

function allow({ action, check, request }: Answers, { kind, statements, grants }: AllowPath): Decision {
  return {
    allowed: true,
    kind,
    action,
    resource: check.resource,
    statements,
    grants: grants.map(({ id }) => id),
    failedConditions: [],
    suffix: undefined,
    sentence: sentence(allowClause(action, request.caller.arn, { kind, statements, grants })),
  };
}

function allowClause(action: string, caller: string, { kind, statements, grants }: AllowPath): string {
  const [first, second] = statements;
  const grant = grants[0] === undefined ? '' : `grant ${grants[0].id}`;
  if (kind === 'allowedByGrant') return `${grant} allows ${action} to ${caller}`;
  if (kind === 'allowedByRetirement') return `the caller ${caller} may retire ${grant}`;
  if (first === undefined) return `the root user ${caller} is limited by no IAM policy, so ${action} is allowed`;
  const start = `${statementName(first)} allows ${action} to ${caller}`;
  return second === undefined ? start : `${start}, and so does ${statementName(second)}`;
}
