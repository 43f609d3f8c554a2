import { actionOf, catalogConditionKeys, hasConditionKey } from '../../catalog/catalog.ts';
import type { CatalogAction } from '../../catalog/catalogRows.ts';
import type { TextNode } from '../../parse/policyTree.ts';
import type { Finding } from '../diagnostic.ts';
import { nearest, replaceFix } from '../fixes.ts';
import type { ConditionView, LintedPolicy, StatementView } from '../statementView.ts';
import { viaServices } from '../viaServices.ts';

/** Keys that a typing mistake could have meant; those with a part of the writer's own are compared without it. */
const keyNames = catalogConditionKeys.filter(({ name }) => !name.includes('${')).map(({ name }) => name);

/** KMSP022, KMSP023, KMSP028, KMSP029 and KMSP039: condition keys and where they mean something. */
export function conditionKeyRules(policy: LintedPolicy): readonly Finding[] {
  return policy.statements.flatMap((statement) => {
    const actions = statement.conditions.length === 0 ? [] : effectiveActions(statement);
    return statement.conditions.flatMap((condition) => [
      ...unknownFindings(condition),
      ...availabilityFindings(condition, actions, statement),
      ...placeFindings(condition),
      ...viaServiceFindings(condition, policy),
      ...caseFindings(condition),
    ]);
  });
}

function unknownFindings({ keyNode: { name }, key }: ConditionView): readonly Finding[] {
  if (key?.replacedBy !== undefined) {
    const fix = replaceFix(`Use ${key.replacedBy}`, name, `"${key.replacedBy}"`);
    return [{ code: 'KMSP022', span: name, severity: 'warning', message: `${key.name} is deprecated. ${key.replacedBy} means the same.`, fix }];
  }
  if (key !== undefined) return [];
  const isOfKms = /^kms:/i.test(name.text);
  const found = nearest(name.text, keyNames);
  const message = isOfKms ? 'KMS has no condition key of this name.' : 'Requests to KMS carry no condition key of this name.';
  const fix = found === undefined ? {} : { fix: replaceFix(`Change to ${found}`, name, `"${found}"`) };
  return [{ code: 'KMSP022', span: name, severity: isOfKms ? 'error' : 'warning', message, ...fix }];
}

/** A condition that holds although the key is missing lets such requests through. */
function holdsWhenMissing({ operator }: ConditionView): boolean {
  if (operator === undefined) return true;
  const { row, ifExists, quantifier } = operator;
  if (row.family === 'null' || ifExists || quantifier === 'ForAllValues') return true;
  return quantifier === undefined && row.negated;
}

function availabilityFindings(condition: ConditionView, actions: readonly CatalogAction[], statement: StatementView): readonly Finding[] {
  const { key, keyNode } = condition;
  if (key === undefined || key.place === 'iamOnly' || actions.length === 0) return [];
  const without = actions.filter((action) => !hasConditionKey(action, keyNode.name.text));
  if (without.length === 0) return [];
  if (without.length === actions.length) return [noneFinding(condition, keyNode.name, statement)];
  return holdsWhenMissing(condition) || statement.effect !== 'Allow' ? [] : someFindings(keyNode.name, without, statement);
}

function effectiveActions({ actions }: StatementView): readonly CatalogAction[] {
  return [...actions].flatMap((name) => actionOf(name) ?? []).filter(({ keyPolicy }) => keyPolicy !== 'iamOnly');
}

function noneFinding(condition: ConditionView, span: TextNode, { effect }: StatementView): Finding {
  const start = 'No action of the statement carries this condition key';
  if (holdsWhenMissing(condition)) return { code: 'KMSP023', span, message: `${start}, so the condition always holds.` };
  const end = effect === 'Deny' ? 'so the statement denies nothing.' : 'so the statement allows nothing.';
  return { code: 'KMSP023', span, message: `${start}, ${end}` };
}

/** Only actions that are written out: what a wildcard covers besides is seldom meant. */
function someFindings(span: TextNode, without: readonly CatalogAction[], { actionEntries, node }: StatementView): readonly Finding[] {
  if (node.action === undefined) return [];
  const idle = actionEntries.flatMap(({ value, actions: [only, second] }) => {
    const isWrittenOut = second === undefined && !/[*?]/.test(value.text);
    return isWrittenOut && only !== undefined && without.includes(only) ? [only] : [];
  });
  if (idle.length === 0) return [];
  const names = idle.map(({ name }) => `kms:${name}`).join(', ');
  return [{ code: 'KMSP023', span, message: `Requests for ${names} do not carry this condition key, so the statement does not allow them.` }];
}

function placeFindings({ key, keyNode }: ConditionView): readonly Finding[] {
  if (key?.place !== 'iamOnly') return [];
  return [{ code: 'KMSP028', span: keyNode.name, message: `${key.name} works in IAM policies only. In a key policy it is never there.` }];
}

const viaServicePattern = /^([a-z0-9-]+)\.([a-z0-9-]+)\.amazonaws\.com$/;

function viaServiceFindings({ key, keyNode, operator }: ConditionView, { facts }: LintedPolicy): readonly Finding[] {
  if (key?.name !== 'kms:ViaService' || operator?.row.family === 'null') return [];
  return keyNode.items.flatMap((item) => {
    if (/[*?]|\$\{/.test(item.text)) return [];
    const message = viaServiceFault(item.text, facts.key?.region);
    return message === undefined ? [] : [{ code: 'KMSP029' as const, span: item, message }];
  });
}

function viaServiceFault(text: string, region: string | undefined): string | undefined {
  const [, service, ofRegion] = viaServicePattern.exec(text) ?? [];
  if (service === undefined) return 'kms:ViaService is a service with its Region, as in s3.eu-west-1.amazonaws.com, in every partition.';
  if (region !== undefined && ofRegion !== region) return `The key is in ${region}, and a service uses keys of its own Region.`;
  return viaServices.has(service) ? undefined : `No service is known to use KMS keys under the name ${service}.`;
}

function caseFindings({ key, keyNode: { name } }: ConditionView): readonly Finding[] {
  const part = name.text.slice('kms:EncryptionContext:'.length);
  if (key?.name.startsWith('kms:EncryptionContext:') !== true || part === part.toLowerCase()) return [];
  const message = `The name "${part}" is compared in any case. To insist on the case, add ForAnyValue:StringEquals on kms:EncryptionContextKeys.`;
  return [{ code: 'KMSP039', span: name, message }];
}
