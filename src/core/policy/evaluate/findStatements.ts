import type { CompiledCondition } from '../conditions/compiledCondition.ts';
import type { ConditionContext } from '../conditions/context.ts';
import { holdsCondition } from '../conditions/evaluateCondition.ts';
import { matchesAction } from '../matching/actions.ts';
import type { CallerIdentity } from '../matching/caller.ts';
import { matchPrincipal } from '../matching/principals.ts';
import { matchesResource } from '../matching/resources.ts';
import type { CompiledPolicy, CompiledStatement } from '../compile/compiledPolicy.ts';
import type { DecidingStatement, FailedCondition, PolicyKind } from './decision.ts';

/** What every policy is asked: whether this caller may do this action on this resource. */
export interface Question {
  readonly caller: CallerIdentity;
  /** In lower case with its prefix, as in `kms:decrypt`. */
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
  readonly context: ConditionContext;
  readonly assume: 'favourable' | 'unfavourable' | undefined;
  /** Whether a condition key that the context lacks is known to be missing; asked only with `assume`. */
  readonly isSettled: (conditionKey: string) => boolean;
}

/** The statements that answer a question. */
export interface Findings {
  readonly allows: readonly DecidingStatement[];
  readonly denies: readonly DecidingStatement[];
  readonly failures: readonly FailedCondition[];
}

/** More aliases than this on a key, and kms:ResourceAliases no longer authorizes (https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html). */
const aliasQuota = 50;
const resourceAliases = 'kms:resourcealiases';

/** Policies that say for whom they are; the others belong to the caller. */
const kindsWithPrincipal: readonly PolicyKind[] = ['keyPolicy', 'resourceControlPolicy', 'vpcEndpointPolicy', 'trustPolicy'];

/** Asks all policies of one kind. */
export function findStatements(policies: readonly CompiledPolicy[], kind: PolicyKind, question: Question): Findings {
  const allows: DecidingStatement[] = [];
  const denies: DecidingStatement[] = [];
  const failures: FailedCondition[] = [];
  for (const [policyIndex, { statements }] of policies.entries()) {
    for (const statement of statements) {
      const found = coversQuestion(statement, kind, policyIndex, question);
      if (found === undefined || !holdsConditions(statement, found, question, failures)) continue;
      (statement.effect === 'Allow' ? allows : denies).push(found);
    }
  }
  return { allows, denies, failures };
}

function coversQuestion(
  { index, sid, effect, principal: matcher, actions, resources }: CompiledStatement,
  policy: PolicyKind,
  policyIndex: number,
  { caller, action, resource, context }: Question,
): DecidingStatement | undefined {
  if (!matchesAction(actions, action)) return undefined;
  const needsPrincipal = kindsWithPrincipal.includes(policy);
  const principal = matcher === undefined ? undefined : matchPrincipal(matcher, caller);
  if (needsPrincipal && principal === undefined) return undefined;
  if (!matchesResource(resources, resource, context)) return undefined;
  return { policy, policyIndex, index, sid, effect, principal };
}

/** Conditions that nobody can tell are taken as the question says, once the others hold. */
function holdsConditions(
  { conditions }: CompiledStatement,
  found: DecidingStatement,
  question: Question,
  failures: FailedCondition[],
): boolean {
  let isOpen = false;
  for (const condition of conditions) {
    const answer = answerOf(condition, found, question);
    if (answer === 'open') isOpen = true;
    else if (answer === 'fails') {
      const { operatorText, keyText, key, values } = condition;
      failures.push({ statement: found, operator: operatorText, key: keyText, expected: values, actual: question.context.get(key) });
      return false;
    }
  }
  return !isOpen || (found.effect === 'Allow') === (question.assume === 'favourable');
}

function answerOf(condition: CompiledCondition, { policy, effect }: DecidingStatement, question: Question): 'holds' | 'fails' | 'open' {
  const { context } = question;
  if (condition.key === resourceAliases) {
    if (policy === 'keyPolicy') return answer(holdsCondition(condition, without(context, resourceAliases)));
    if ((context.get(resourceAliases)?.length ?? 0) > aliasQuota) return answer(effect === 'Deny');
  }
  if (question.assume !== undefined && condition.references.some((key) => !context.has(key) && !question.isSettled(key))) {
    return 'open';
  }
  return answer(holdsCondition(condition, context));
}

function answer(holds: boolean): 'holds' | 'fails' {
  return holds ? 'holds' : 'fails';
}

/** kms:ResourceAliases is a key of IAM policies; a key policy never sees it. */
function without(context: ConditionContext, key: string): ConditionContext {
  return new Map([...context].filter(([name]) => name !== key));
}
