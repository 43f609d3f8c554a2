import { appliesToKey, catalogActions } from '../catalog/catalog.ts';
import { partitionOf } from '../../kms/arn.ts';
import type { LintFacts } from '../lint/diagnostic.ts';
import { viewPolicy, type LintedPolicy } from '../lint/statementView.ts';
import { roleArnOf } from '../matching/caller.ts';
import { principalEntries } from '../matching/principalFormat.ts';
import { parsePolicy } from '../parse/parsePolicy.ts';
import { nameCompletion, textCompletion, type Completion, type Completions } from './completion.ts';
import { conditionKeyCompletions, conditionValueCompletions, operatorCompletions } from './conditionCompletions.ts';
import { describeAction } from './describe.ts';
import { policyPlace, type PolicyPlace } from './policyPlace.ts';

/** What can be written at the cursor of a key policy. The text may be half typed. Never throws. */
export function completePolicy(text: string, offset: number, facts: LintFacts = {}): Completions | undefined {
  const place = policyPlace(text, offset);
  if (place === undefined) return undefined;
  const policy = viewPolicy(parsePolicy(text), facts);
  const items = place.isName ? nameItems(place, policy) : valueItems(place, policy);
  return items.length === 0 ? undefined : { span: place.span, items };
}

interface ElementRow {
  readonly name: string;
  readonly value: string;
  readonly detail: string;
  /** The element that a statement has instead. */
  readonly opposite?: string;
}

const documentRows: readonly ElementRow[] = [
  { name: 'Version', value: '""', detail: 'of the policy language: 2012-10-17' },
  { name: 'Id', value: '""', detail: 'a name for the policy' },
  { name: 'Statement', value: '[]', detail: 'who may do what' },
];

const statementRows: readonly ElementRow[] = [
  { name: 'Sid', value: '""', detail: 'what the statement is for' },
  { name: 'Effect', value: '""', detail: 'Allow or Deny' },
  { name: 'Principal', value: '{}', detail: 'whom it is about', opposite: 'NotPrincipal' },
  { name: 'Action', value: '""', detail: 'what they may do', opposite: 'NotAction' },
  { name: 'Resource', value: '""', detail: '"*", which is this key', opposite: 'NotResource' },
  { name: 'Condition', value: '{}', detail: 'when it holds' },
  { name: 'NotPrincipal', value: '{}', detail: 'everybody but these', opposite: 'Principal' },
  { name: 'NotAction', value: '""', detail: 'every action but these', opposite: 'Action' },
  { name: 'NotResource', value: '""', detail: 'everything but these', opposite: 'Resource' },
];

const principalRows: readonly ElementRow[] = [
  { name: 'AWS', value: '""', detail: 'accounts, users, roles and sessions' },
  { name: 'Service', value: '""', detail: 'AWS services, as in s3.amazonaws.com' },
  { name: 'Federated', value: '""', detail: 'identity providers' },
];

function rowItems(rows: readonly ElementRow[], present: readonly string[], hasColon: boolean): readonly Completion[] {
  return rows
    .filter(({ name, opposite }) => !present.includes(name) && (opposite === undefined || !present.includes(opposite)))
    .map(({ name, value, detail }) => nameCompletion('element', name, { text: value, hasColon }, { detail }));
}

function nameItems({ path, statement, span, hasColon }: PolicyPlace, { tree, statements }: LintedPolicy): readonly Completion[] {
  /** The name under the cursor is being written and does not count as there. */
  const others = (members: readonly ({ readonly offset: number; readonly name: { readonly text: string } } | undefined)[]) =>
    members.flatMap((member) => (member === undefined || member.offset === span.offset ? [] : [member.name.text]));
  if (statement === undefined) return path.length === 0 ? rowItems(documentRows, others([tree.version, tree.id, tree.statement]), hasColon) : [];
  const view = statements[statement];
  const [element, operator, deeper] = path;
  if (element === undefined) return rowItems(statementRows, view === undefined ? [] : others(membersOf(view.node)), hasColon);
  if (element === 'Principal' || element === 'NotPrincipal') {
    const groups = view?.node[element === 'Principal' ? 'principal' : 'notPrincipal']?.groups ?? [];
    return operator === undefined ? rowItems(principalRows, others(groups), hasColon) : [];
  }
  if (element !== 'Condition') return [];
  if (operator === undefined) return operatorCompletions(hasColon);
  return deeper === undefined ? conditionKeyCompletions(operator, view, hasColon) : [];
}

function membersOf(node: LintedPolicy['statements'][number]['node']) {
  const { sid, effect, principal, notPrincipal, action, notAction, resource, notResource, condition } = node;
  return [sid, effect, principal, notPrincipal, action, notAction, resource, notResource, condition];
}

const versions = [
  textCompletion('value', '2012-10-17', { detail: 'the current one, with policy variables' }),
  textCompletion('value', '2008-10-17', { detail: 'the old one' }),
];

function valueItems({ path, statement }: PolicyPlace, policy: LintedPolicy): readonly Completion[] {
  const [element = '', inner, key] = path;
  if (statement === undefined) return element === 'Version' ? versions : [];
  switch (element) {
    case 'Effect':
      return ['Allow', 'Deny'].map((effect) => textCompletion('value', effect));
    case 'Action':
    case 'NotAction':
      return actionItems(policy);
    case 'Resource':
    case 'NotResource':
      return [textCompletion('value', '*', { detail: 'this key' })];
    case 'Principal':
    case 'NotPrincipal':
      return principalItems(inner, policy);
    case 'Condition':
      return inner === undefined || key === undefined ? [] : conditionValueCompletions(inner, key, policy.facts, awsPrincipals(policy).map(({ label }) => label));
    default:
      return [];
  }
}

/** Families that a policy names by one wildcard. */
const families = ['kms:*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:Describe*', 'kms:Get*', 'kms:List*'];

/** Actions that a key policy has an effect on and that work on the key. */
function actionItems({ facts: { key } }: LintedPolicy): readonly Completion[] {
  const single = catalogActions
    .filter((action) => action.keyPolicy !== 'iamOnly' && appliesToKey(action, key ?? {}))
    .map((action) => textCompletion('action', `kms:${action.name}`, { detail: action.access, documentation: describeAction(action).sentences.join(' ') }));
  const several = families.map((name) => textCompletion('action', name, { detail: name === 'kms:*' ? 'every action' : 'several actions' }));
  return [...single, ...several];
}

function principalItems(type: string | undefined, policy: LintedPolicy): readonly Completion[] {
  if (type === 'Service' || type === 'Federated') return namedPrincipals(policy, type).map((name) => textCompletion('principal', name, { detail: 'in this policy' }));
  const items = awsPrincipals(policy);
  if (type === 'AWS') return [...items, textCompletion('principal', '*', { detail: 'everybody, in every account' })];
  // In place of the whole object.
  return items.map((item) => ({ ...item, insert: `{ "AWS": ${item.insert} }`, cursor: item.insert.length + '{ "AWS":  }'.length }));
}

/** The account's root, the caller, whoever is in the policy already, and the users and roles that are known. */
function awsPrincipals(policy: LintedPolicy): readonly Completion[] {
  const { key, caller, principals = [] } = policy.facts;
  const details = new Map<string, string>();
  if (key !== undefined) details.set(`arn:${partitionOf(key.region)}:iam::${key.account}:root`, 'the account, which lets its IAM policies decide');
  // A policy that names a session ends with it, so the role is meant.
  const own = caller === undefined ? undefined : (roleArnOf(caller) ?? caller.arn);
  if (own !== undefined && !details.has(own)) details.set(own, 'you');
  for (const name of namedPrincipals(policy, 'AWS')) if (name !== '*' && !details.has(name)) details.set(name, 'in this policy');
  for (const name of principals) if (!details.has(name)) details.set(name, 'in the account');
  return [...details].map(([name, detail]) => textCompletion('principal', name, { detail }));
}

function namedPrincipals({ tree }: LintedPolicy, type: string): readonly string[] {
  const entries = tree.statements.flatMap(({ principal, notPrincipal }) =>
    [principal, notPrincipal].flatMap((member) => (member === undefined ? [] : principalEntries(member))),
  );
  const names = entries.filter((entry) => (entry.type?.text ?? 'AWS') === type).map(({ value }) => value.text);
  return [...new Set(names)].filter((name) => name !== '');
}
