import { operatorOf } from '../conditions/operators.ts';
import { conditionKeyOf } from '../catalog/catalog.ts';
import { principalEntries, principalFormat } from '../matching/principalFormat.ts';
import { parsePolicy } from '../parse/parsePolicy.ts';
import type { ListMember, PolicyTree, PrincipalMember, StatementNode } from '../parse/policyTree.ts';
import { allowedTextPattern, forbiddenCharacterAt, maximumPolicyBytes, policyBytes } from './allowedText.ts';
import { malformed, type PolicyFault } from './policyFault.ts';

/** Whether a principal exists where KMS looks for it. `type` is `AWS`, `Service` or `Federated`. */
export type PrincipalExists = (type: string, text: string) => boolean;

const versions = ['2012-10-17', '2008-10-17'];

/**
 * What PutKeyPolicy and CreateKey refuse about the text of a key policy, or undefined
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html). Whether the caller would lock itself
 * out is a question of its own, which `lockoutFault` answers. A statement without Action or Resource is accepted.
 */
export function keyPolicyFault(text: string, principalExists: PrincipalExists = () => true): PolicyFault | undefined {
  return textFault(text) ?? documentFault(parsePolicy(text), principalExists);
}

function textFault(text: string): PolicyFault | undefined {
  const at = forbiddenCharacterAt(text);
  if (at !== undefined || text === '') {
    const message = `1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must satisfy regular expression pattern: ${allowedTextPattern}`;
    return { code: 'ValidationException', message, span: at === undefined ? undefined : { offset: at, length: 1 } };
  }
  const bytes = policyBytes(text);
  if (bytes <= maximumPolicyBytes) return undefined;
  const message = `The key policy has ${bytes} bytes, and the limit is ${maximumPolicyBytes}.`;
  return { code: 'LimitExceededException', message, span: undefined };
}

function documentFault(tree: PolicyTree, principalExists: PrincipalExists): PolicyFault | undefined {
  const [fault] = tree.faults;
  if (fault !== undefined) return malformed(fault.message, fault);
  const version = tree.version?.content;
  if (version !== undefined && !versions.includes(version.text)) {
    return malformed(`The Version of the policy has to be ${versions.join(' or ')}.`, version);
  }
  if (tree.statements.length === 0) return malformed('The policy needs at least one Statement.', tree.statement);
  for (const statement of tree.statements) {
    const found = statementFault(statement, principalExists);
    if (found !== undefined) return found;
  }
  return undefined;
}

function statementFault(statement: StatementNode, principalExists: PrincipalExists): PolicyFault | undefined {
  const effect = statement.effect?.content?.text;
  if (effect !== 'Allow' && effect !== 'Deny') {
    return malformed(`Statement ${statement.index + 1} needs an Effect of Allow or Deny.`, statement.effect ?? statement);
  }
  return (
    pairFault(statement) ??
    principalFault(statement, principalExists) ??
    resourceFault(statement.resource ?? statement.notResource) ??
    conditionFault(statement)
  );
}

function pairFault({ action, notAction, resource, notResource, principal, notPrincipal }: StatementNode): PolicyFault | undefined {
  const both = [
    [action, notAction],
    [resource, notResource],
    [principal, notPrincipal],
  ].find(([one, other]) => one !== undefined && other !== undefined);
  if (both === undefined) return undefined;
  const [one, other] = both;
  return malformed(`A statement has either ${one?.name.text ?? ''} or ${other?.name.text ?? ''}, not both.`, other);
}

function principalFault(statement: StatementNode, principalExists: PrincipalExists): PolicyFault | undefined {
  const member = statement.principal ?? statement.notPrincipal;
  if (member === undefined || principalEntries(member).length === 0 || hasEmptyGroup(member)) {
    return malformed('Policy contains a statement with no principal', member ?? statement);
  }
  for (const { type, value } of principalEntries(member)) {
    const isStar = type === undefined && value.text === '*';
    if (isStar || (type !== undefined && isPrincipal(type.text, value.text, principalExists))) continue;
    return malformed('Policy contains a statement with one or more invalid principals.', value);
  }
  return undefined;
}

function hasEmptyGroup({ groups }: PrincipalMember): boolean {
  return groups.some(({ items }) => items.length === 0);
}

function isPrincipal(type: string, text: string, principalExists: PrincipalExists): boolean {
  const format = principalFormat(type, text);
  return 'kind' in format && (format.kind === 'everyone' || principalExists(type, text));
}

/** A Resource is `*` or looks like an ARN; whether it names this key makes no difference to what KMS stores. */
function resourceFault(member: ListMember | undefined): PolicyFault | undefined {
  const bad = member?.items.find(({ text }) => text !== '*' && !/^arn:[^:]*:[^:]*:[^:]*:[^:]*:./.test(text));
  if (bad === undefined) return undefined;
  const message = 'The request was rejected because an ARN in the key policy is not valid.';
  return { code: 'InvalidArnException', message, span: bad };
}

/** Keys on which KMS refuses ForAllValues, since it holds where they are missing. */
const refusedWithForAllValues = ['kms:EncryptionContext:${EncryptionContextKey}', 'aws:RequestTag/${TagKey}'];

function conditionFault({ condition }: StatementNode): PolicyFault | undefined {
  for (const { name, keys } of condition?.operators ?? []) {
    const operator = operatorOf(name.text);
    if (operator === undefined) return malformed(`The condition operator ${name.text} does not exist.`, name);
    const bad = keys.find((key) => refusedWithForAllValues.includes(conditionKeyOf(key.name.text)?.name ?? ''));
    if (operator.quantifier === 'ForAllValues' && bad !== undefined) return overlyPermissive(bad);
  }
  return undefined;
}

function overlyPermissive(key: ListMember): PolicyFault {
  const subject = key.name.text.toLowerCase().startsWith('kms:') ? 'encryption context' : 'tag';
  return malformed(
    `OverlyPermissiveCondition: Using the ForAllValues set operator with a single-valued condition key matches requests without the specified ${subject} or with an unspecified ${subject}. To fix, remove ForAllValues.`,
    key.name,
  );
}
