import { actionOf } from '../catalog/catalog.ts';
import type { CompiledPolicy } from '../compile/compiledPolicy.ts';
import type { Caller, Ceilings, KeyFacts } from '../evaluate/request.ts';
import { accessTo, type AccessAnswer } from './access.ts';

export interface AccessCell extends AccessAnswer {
  readonly operation: string;
  /** An operation by which the caller could give itself this one; undefined when it has it always, or cannot. */
  readonly escalation: string | undefined;
}

export interface AccessRow {
  readonly caller: Caller;
  readonly cells: readonly AccessCell[];
  /** The operations by which the caller could change its own access. */
  readonly escalations: readonly string[];
}

/**
 * Who may do what with a key, and who could give themselves more
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-administrators):
 * by another key policy, by a grant, or by tags and aliases where a policy looks at them.
 */
export function accessMatrix(
  key: KeyFacts,
  callers: readonly Caller[],
  operations: readonly string[],
  ceilings: Ceilings = {},
): readonly AccessRow[] {
  return callers.map((caller) => {
    // Identity policies that nobody knows could allow anything, which is no reason to point at the caller.
    const known: Caller = { ...caller, identityPolicies: caller.identityPolicies ?? [] };
    const escalations = escalatingOperations(key, known).filter(
      (operation) => accessTo(operation, known, key, ceilings).access !== 'denied',
    );
    const cells = operations.map((operation) => {
      const answer = accessTo(operation, caller, key, ceilings);
      return { ...answer, operation, escalation: escalationFor(operation, answer, escalations) };
    });
    return { caller, cells, escalations };
  });
}

/** Operations that could change what the caller may do, given what the policies look at. */
function escalatingOperations(key: KeyFacts, caller: Caller): readonly string[] {
  const policies = [key.policy, ...(caller.identityPolicies ?? [])];
  const operations = ['PutKeyPolicy', 'CreateGrant'];
  if (policies.some((policy) => refersTo(policy, /^aws:resourcetag\//))) operations.push('TagResource', 'UntagResource');
  if (policies.some((policy) => refersTo(policy, /^kms:(?:resourcealiases|requestalias)$/))) {
    operations.push('CreateAlias', 'UpdateAlias', 'DeleteAlias');
  }
  return operations;
}

function refersTo({ statements }: CompiledPolicy, keys: RegExp): boolean {
  return statements.some(({ conditions }) => conditions.some(({ references }) => references.some((name) => keys.test(name))));
}

/** A Deny outside the key policy stays, and one inside goes with another key policy only. */
function escalationFor(operation: string, { access, decision }: AccessAnswer, escalations: readonly string[]): string | undefined {
  if (access === 'allowed' || decision.kind === 'crossAccountDeny') return undefined;
  if (decision.kind === 'explicitDeny') {
    const isOfKeyPolicy = decision.statements.every(({ policy }) => policy === 'keyPolicy');
    return isOfKeyPolicy ? escalations.find((each) => each === 'PutKeyPolicy') : undefined;
  }
  const isGrantable = actionOf(operation)?.grantable === true;
  return escalations.find((each) => each !== operation && (each !== 'CreateGrant' || isGrantable));
}
