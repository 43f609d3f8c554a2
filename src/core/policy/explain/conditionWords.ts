import { operatorOf, type Comparison, type OperatorRow } from '../conditions/operators.ts';
import type { ConditionMember, ListMember } from '../parse/policyTree.ts';
import { list } from './list.ts';

const comparisons: Readonly<Record<Comparison, string>> = {
  equal: 'is',
  less: 'is less than',
  lessOrEqual: 'is at most',
  greater: 'is more than',
  greaterOrEqual: 'is at least',
};

const dateComparisons: Readonly<Record<Comparison, string>> = {
  equal: 'is',
  less: 'is before',
  lessOrEqual: 'is not after',
  greater: 'is after',
  greaterOrEqual: 'is not before',
};

/** The conditions of a statement, as in `kms:ViaService is "s3.eu-west-1.amazonaws.com"`. */
export function conditionClauses(condition: ConditionMember | undefined): readonly string[] {
  return (condition?.operators ?? []).flatMap(({ name, keys }) => keys.map((key) => clauseOf(name.text, key)));
}

function clauseOf(operatorText: string, key: ListMember): string {
  const operator = operatorOf(operatorText);
  const values = list(key.items.map(({ text }) => `"${text}"`), 'or');
  const name = key.name.text;
  if (operator === undefined) return `${operatorText} ${name} ${values}`;
  const { row, quantifier, ifExists } = operator;
  if (row.family === 'null') return `${name} is ${key.items.some(({ text }) => text === 'true') ? 'missing' : 'there'}`;
  const subject = quantifier === undefined ? name : `${quantifier === 'ForAllValues' ? 'every value' : 'some value'} of ${name}`;
  return `${subject} ${verbOf(row)} ${values}${ifExists ? ' or missing' : ''}`;
}

function verbOf(row: OperatorRow): string {
  const not = row.negated ? ' not' : '';
  if (row.family === 'ip') return `is${not} in`;
  if (row.hasWildcards) return `is${not} like`;
  const verb = (row.family === 'date' ? dateComparisons : comparisons)[row.comparison];
  return `${verb}${not}${row.ignoresCase && row.family === 'string' ? ', in any case,' : ''}`;
}
