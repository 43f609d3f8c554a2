import { roleArnOf } from '../matching/caller.ts';
import { checksOf } from './checks.ts';
import type { Decision } from './decision.ts';
import { evaluateCheck } from './evaluateCheck.ts';
import type { AccessRequest } from './request.ts';

/**
 * Decides whether a caller may do what a request asks, as AWS KMS does
 * (https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html). An operation that needs several
 * permissions is allowed when all of them are; the first that is missing is the decision. Never throws.
 *
 * Where AWS's documentation is silent: a grant to a caller of another account is enough without that account's IAM;
 * what a key policy gives to `*` stays within permissions boundaries and session policies, as what it gives to a role
 * does; and the limits of the caller's session do not reach a grant unless they deny.
 */
export function evaluate(request: AccessRequest): Decision {
  const [first, ...others] = checksOf(request) ?? [];
  if (first === undefined) return unknownRequest(request);
  const asked = withRole(request);
  let decision = evaluateCheck(first, asked);
  for (const check of others) {
    if (!decision.allowed) return decision;
    decision = both(decision, evaluateCheck(check, asked));
  }
  return decision;
}

/** Finds the role of a session once, and not again for every statement. */
function withRole(request: AccessRequest): AccessRequest {
  const { caller } = request;
  const roleArn = caller.roleArn === undefined ? roleArnOf(caller) : undefined;
  return roleArn === undefined ? request : { ...request, caller: { ...caller, roleArn } };
}

function both(before: Decision, decision: Decision): Decision {
  if (!decision.allowed) return decision;
  return {
    ...decision,
    statements: [...before.statements, ...decision.statements],
    grants: [...before.grants, ...decision.grants],
    sentence: `${before.sentence.slice(0, -1)}, and ${lowerFirst(decision.sentence)}`,
  };
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function unknownRequest({ operation, key, aliasArn }: AccessRequest): Decision {
  return {
    allowed: false,
    kind: 'implicitDeny',
    action: `kms:${operation}`,
    resource: key?.arn ?? aliasArn ?? '*',
    statements: [],
    grants: [],
    failedConditions: [],
    suffix: `because no identity-based policy allows the kms:${operation} action`,
    sentence: `KMS has no operation ${operation}, or the request does not name the keys and the alias that it is about.`,
  };
}
