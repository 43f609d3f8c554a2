import { conditionKeyOf } from '../catalog/catalog.ts';
import { explainStatement } from '../explain/explainStatement.ts';
import { list } from '../explain/list.ts';
import { viewPolicy, type ActionEntry, type StatementView } from '../lint/statementView.ts';
import { parsePolicy } from '../parse/parsePolicy.ts';
import type { Span } from '../parse/policyTree.ts';
import { describeAction, describeConditionKey, type Description } from './describe.ts';

export interface Hover extends Description {
  /** What it is about. */
  readonly span: Span;
}

/** What there is to tell about the place in a key policy: an action, a condition key, or a whole statement. */
export function hoverPolicy(text: string, offset: number): Hover | undefined {
  const { statements } = viewPolicy(parsePolicy(text), {});
  const statement = statements.find(({ node }) => isIn(node, offset));
  return statement === undefined ? undefined : (actionHover(statement, offset) ?? conditionHover(statement, offset) ?? statementHover(statement, offset));
}

function isIn({ offset: start, length }: Span, offset: number): boolean {
  return start <= offset && offset < start + length;
}

function actionHover({ actionEntries }: StatementView, offset: number): Hover | undefined {
  const entry = actionEntries.find(({ value }) => isIn(value, offset));
  return entry === undefined ? undefined : describeEntry(entry);
}

function describeEntry({ value, actions }: ActionEntry): Hover | undefined {
  const [first] = actions;
  if (first === undefined) return undefined;
  if (actions.length === 1) return { ...describeAction(first), span: value };
  return {
    title: value.text,
    sentences: [`Stands for ${actions.length} actions: ${list(actions.map(({ name }) => name), 'and')}.`],
    link: 'https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html',
    span: value,
  };
}

function conditionHover({ conditions }: StatementView, offset: number): Hover | undefined {
  const found = conditions.find(({ keyNode }) => isIn(keyNode.name, offset));
  const key = found === undefined ? undefined : conditionKeyOf(found.keyNode.name.text);
  return key === undefined || found === undefined ? undefined : { ...describeConditionKey(key), span: found.keyNode.name };
}

/** The names of the first elements tell what their statement does. */
function statementHover({ node }: StatementView, offset: number): Hover | undefined {
  const member = [node.sid, node.effect].find((each) => each !== undefined && isIn(each, offset));
  if (member === undefined) return undefined;
  return {
    title: `Statement ${node.index + 1}`,
    sentences: [explainStatement(node)],
    link: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html',
    span: member,
  };
}
