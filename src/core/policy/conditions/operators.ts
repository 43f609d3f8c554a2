import type { ConditionKeyType } from '../catalog/catalogRows.ts';

export type OperatorFamily = 'string' | 'numeric' | 'date' | 'bool' | 'binary' | 'ip' | 'arn' | 'null';

export type Comparison = 'equal' | 'less' | 'lessOrEqual' | 'greater' | 'greaterOrEqual';

/** One operator of Condition elements (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html). */
export interface OperatorRow {
  readonly name: string;
  readonly family: OperatorFamily;
  /** Whether it holds where its positive form does not, which includes a key that is missing. */
  readonly negated: boolean;
  readonly comparison: Comparison;
  readonly hasWildcards: boolean;
  readonly ignoresCase: boolean;
  readonly hasVariables: boolean;
  /** Types of condition keys it goes with; empty for every type. */
  readonly types: readonly ConditionKeyType[];
}

interface Traits {
  readonly comparison?: Comparison;
  readonly hasWildcards?: true;
  readonly ignoresCase?: true;
}

const familyTypes: Readonly<Record<OperatorFamily, readonly ConditionKeyType[]>> = {
  // AWS types some keys that hold ARNs as strings and the other way round, and both kinds of operators work on them.
  string: ['String', 'Arn'],
  arn: ['Arn', 'String'],
  numeric: ['Numeric'],
  date: ['Date'],
  bool: ['Bool'],
  binary: ['Binary'],
  ip: ['IPAddress'],
  null: [],
};

const variableFamilies: readonly OperatorFamily[] = ['string', 'arn', 'bool'];

function row(name: string, family: OperatorFamily, traits: Traits = {}): OperatorRow {
  return {
    name,
    family,
    negated: /^(?:String|Numeric|Date|Arn)?Not/.test(name),
    comparison: traits.comparison ?? 'equal',
    hasWildcards: traits.hasWildcards ?? false,
    ignoresCase: traits.ignoresCase ?? false,
    hasVariables: variableFamilies.includes(family),
    types: familyTypes[family],
  };
}

const comparisons: readonly (readonly [name: string, comparison: Comparison])[] = [
  ['Equals', 'equal'],
  ['NotEquals', 'equal'],
  ['LessThan', 'less'],
  ['LessThanEquals', 'lessOrEqual'],
  ['GreaterThan', 'greater'],
  ['GreaterThanEquals', 'greaterOrEqual'],
];

export const operatorRows: readonly OperatorRow[] = [
  row('StringEquals', 'string'),
  row('StringNotEquals', 'string'),
  row('StringEqualsIgnoreCase', 'string', { ignoresCase: true }),
  row('StringNotEqualsIgnoreCase', 'string', { ignoresCase: true }),
  row('StringLike', 'string', { hasWildcards: true }),
  row('StringNotLike', 'string', { hasWildcards: true }),
  ...comparisons.map(([name, comparison]) => row(`Numeric${name}`, 'numeric', { comparison })),
  ...comparisons.map(([name, comparison]) => row(`Date${name}`, 'date', { comparison })),
  row('Bool', 'bool', { ignoresCase: true }),
  row('BinaryEquals', 'binary'),
  row('IpAddress', 'ip'),
  row('NotIpAddress', 'ip'),
  // The four of these are two pairs of the same.
  row('ArnEquals', 'arn', { hasWildcards: true }),
  row('ArnLike', 'arn', { hasWildcards: true }),
  row('ArnNotEquals', 'arn', { hasWildcards: true }),
  row('ArnNotLike', 'arn', { hasWildcards: true }),
  row('Null', 'null', { ignoresCase: true }),
];

const rowsByName: ReadonlyMap<string, OperatorRow> = new Map(operatorRows.map((each) => [each.name, each]));

export type Quantifier = 'ForAllValues' | 'ForAnyValue';

/** An operator with what stands around its name, as in `ForAnyValue:StringLikeIfExists`. */
export interface Operator {
  readonly row: OperatorRow;
  readonly quantifier: Quantifier | undefined;
  readonly ifExists: boolean;
}

const operatorPattern = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/** Reads the name of an operator; undefined for one that IAM does not know, such as `NullIfExists`. */
export function operatorOf(text: string): Operator | undefined {
  const [, quantifier, name = '', ifExists] = operatorPattern.exec(text) ?? [];
  const found = rowsByName.get(name);
  if (found === undefined || (found.family === 'null' && ifExists !== undefined)) return undefined;
  return {
    row: found,
    quantifier: quantifier === 'ForAllValues' || quantifier === 'ForAnyValue' ? quantifier : undefined,
    ifExists: ifExists !== undefined,
  };
}
