import { compileConditions } from '../conditions/compileCondition.ts';
import { compileActions } from '../matching/actions.ts';
import { compilePrincipal, type PrincipalMatcher } from '../matching/principals.ts';
import { compileResources } from '../matching/resources.ts';
import { parsePolicy } from '../parse/parsePolicy.ts';
import type { ListMember, PolicyTree, StatementNode } from '../parse/policyTree.ts';
import type { CompiledPolicy, CompiledStatement } from './compiledPolicy.ts';

/** Policy variables exist from this Version on; a policy without a Version is of the one before. */
const versionWithVariables = '2012-10-17';

/** Compiles the text of a policy of any kind. What is not well formed has no effect; nothing is thrown. */
export function compilePolicy(text: string): CompiledPolicy {
  return compileTree(parsePolicy(text));
}

/** Compiles the trust policy of a role, whose statements have no Resource: they are about the role. */
export function compileTrustPolicy(text: string): CompiledPolicy {
  return compileTree(parsePolicy(text), ['*']);
}

/** Compiles a policy that has been parsed already. `impliedResource` stands where a statement has no Resource. */
export function compileTree({ version, statements }: PolicyTree, impliedResource: readonly string[] = []): CompiledPolicy {
  const hasVariables = version?.content?.text === versionWithVariables;
  return { statements: statements.flatMap((statement) => compileStatement(statement, hasVariables, impliedResource) ?? []) };
}

/** Undefined when the statement lacks what it needs to have an effect. */
function compileStatement(statement: StatementNode, hasVariables: boolean, impliedResource: readonly string[]): CompiledStatement | undefined {
  const effect = statement.effect?.content?.text;
  const action = statement.action ?? statement.notAction;
  const resource = statement.resource ?? statement.notResource;
  const conditions = compileConditions(statement.condition, hasVariables);
  if (effect !== 'Allow' && effect !== 'Deny') return undefined;
  if (action === undefined || conditions === undefined) return undefined;
  const actions = textsOf(action);
  const resources = resource === undefined ? impliedResource : textsOf(resource);
  // An empty NotAction or NotResource would stand for everything; KMS refuses it, and here it has no effect.
  if (actions.length === 0 || resources.length === 0) return undefined;
  return {
    index: statement.index,
    sid: statement.sid?.content?.text,
    effect,
    principal: compilePrincipals(statement),
    actions: compileActions(actions, statement.action === undefined),
    resources: compileResources(resources, statement.notResource !== undefined && statement.resource === undefined, hasVariables),
    conditions,
  };
}

function textsOf({ items }: ListMember): readonly string[] {
  return items.map(({ text }) => text);
}

function compilePrincipals({ principal, notPrincipal }: StatementNode): PrincipalMatcher | undefined {
  if (principal !== undefined) return compilePrincipal(principal, false);
  const isEmpty = notPrincipal?.text === undefined && !notPrincipal?.groups.some(({ items }) => items.length > 0);
  return notPrincipal === undefined || isEmpty ? undefined : compilePrincipal(notPrincipal, true);
}
