import { actionOf, catalogActions, conditionKeyOf } from '../catalog/catalog.ts';
import type { CatalogAction, CatalogConditionKey } from '../catalog/catalogRows.ts';
import { operatorOf, type Operator } from '../conditions/operators.ts';
import { matchesPattern, wildcardPattern } from '../matching/pattern.ts';
import { principalEntries, principalFormat, type PrincipalEntry, type PrincipalFormat } from '../matching/principalFormat.ts';
import type { ListMember, OperatorMember, PolicyTree, StatementNode, TextNode } from '../parse/policyTree.ts';
import type { LintFacts } from './diagnostic.ts';

/** An entry of `Action` or `NotAction` with the actions of KMS that it stands for. */
export interface ActionEntry {
  readonly value: TextNode;
  readonly actions: readonly CatalogAction[];
}

export interface PrincipalView extends PrincipalEntry {
  readonly format: PrincipalFormat;
}

/** One condition key under one operator. */
export interface ConditionView {
  readonly operatorNode: OperatorMember;
  readonly operator: Operator | undefined;
  readonly keyNode: ListMember;
  readonly key: CatalogConditionKey | undefined;
}

/** A statement with what the rules ask of it again and again. */
export interface StatementView {
  readonly node: StatementNode;
  readonly effect: 'Allow' | 'Deny' | undefined;
  readonly principals: readonly PrincipalView[];
  /** Whether `*` is among the principals, in either form. */
  readonly isForEveryone: boolean;
  readonly actionEntries: readonly ActionEntry[];
  /** Names of all actions that the statement is about, those that NotAction leaves included. */
  readonly actions: ReadonlySet<string>;
  readonly conditions: readonly ConditionView[];
}

export interface LintedPolicy {
  readonly tree: PolicyTree;
  readonly facts: LintFacts;
  readonly statements: readonly StatementView[];
  /** Whether the text is JSON, so that what is missing is missing and not half typed. */
  readonly isWhole: boolean;
}

export function viewPolicy(tree: PolicyTree, facts: LintFacts): LintedPolicy {
  const expand = actionExpander();
  const statements = tree.statements.map((node) => viewStatement(node, expand));
  return { tree, facts, statements, isWhole: tree.faults.every(({ kind }) => kind !== 'syntax') };
}

type Expand = (text: string) => readonly CatalogAction[];

/** Remembers what a text stands for, since policies repeat their actions. */
function actionExpander(): Expand {
  const known = new Map<string, readonly CatalogAction[]>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const actions = actionsOf(text.toLowerCase());
    known.set(text, actions);
    return actions;
  };
}

/** The actions that an entry in lower case stands for. */
function actionsOf(text: string): readonly CatalogAction[] {
  const pattern = wildcardPattern(text);
  if (pattern.kind !== 'exact') return catalogActions.filter(({ name }) => matchesPattern(pattern, `kms:${name.toLowerCase()}`));
  const action = text.startsWith('kms:') ? actionOf(text) : undefined;
  return action === undefined ? [] : [action];
}

function viewStatement(node: StatementNode, expand: Expand): StatementView {
  const effect = node.effect?.content?.text;
  const principals = principalEntries(node.principal ?? { ...node, name: emptyText, value: node, text: undefined, groups: [] });
  const listed = node.action ?? node.notAction;
  const actionEntries = (listed?.items ?? []).map((value) => ({ value, actions: expand(value.text) }));
  const named = new Set(actionEntries.flatMap(({ actions }) => actions.map(({ name }) => name)));
  const isNegated = node.action === undefined && node.notAction !== undefined;
  return {
    node,
    effect: effect === 'Allow' || effect === 'Deny' ? effect : undefined,
    principals: principals.map((entry) => ({ ...entry, format: formatOf(entry) })),
    isForEveryone: principals.some(({ value }) => value.text === '*'),
    actionEntries,
    actions: isNegated ? new Set(catalogActions.map(({ name }) => name).filter((name) => !named.has(name))) : named,
    conditions: viewConditions(node),
  };
}

const emptyText: TextNode = { offset: 0, length: 0, text: '', type: 'string' };

function formatOf({ type, value }: PrincipalEntry): PrincipalFormat {
  if (type !== undefined) return principalFormat(type.text, value.text);
  return value.text === '*' ? { kind: 'everyone', account: undefined } : { fault: 'malformed' };
}

function viewConditions({ condition }: StatementNode): readonly ConditionView[] {
  return (condition?.operators ?? []).flatMap((operatorNode) => {
    const operator = operatorOf(operatorNode.name.text);
    return operatorNode.keys.map((keyNode) => ({ operatorNode, operator, keyNode, key: conditionKeyOf(keyNode.name.text) }));
  });
}

/** The account that a principal belongs to or stands for. */
export function principalAccount({ format }: PrincipalView): string | undefined {
  return 'kind' in format ? format.account : undefined;
}

/** Whether the principal is an account as a whole, which hands on to IAM and is no person by itself. */
export function isAccount({ format }: PrincipalView): boolean {
  return 'kind' in format && format.kind === 'account';
}
