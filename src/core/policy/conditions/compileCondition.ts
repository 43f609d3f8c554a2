import { arnPatternOf } from '../matching/arnPattern.ts';
import { patternOf, wildcardPattern } from '../matching/pattern.ts';
import { fixedTokens, readTemplate, variableKeys } from '../matching/template.ts';
import type { ConditionMember, ListMember } from '../parse/policyTree.ts';
import type { CompiledCondition, Operand } from './compiledCondition.ts';
import { ipRangeOf } from './ipRange.ts';
import { operatorOf, type Operator, type OperatorRow } from './operators.ts';
import { dateOf, numberOf } from './scalars.ts';

/**
 * The conditions of a statement, all of which have to hold; undefined when an operator is unknown, for then nobody can
 * tell what the statement means.
 */
export function compileConditions(
  condition: ConditionMember | undefined,
  hasVariables: boolean,
): readonly CompiledCondition[] | undefined {
  const compiled: CompiledCondition[] = [];
  for (const { name, keys } of condition?.operators ?? []) {
    const operator = operatorOf(name.text);
    if (operator === undefined) return undefined;
    for (const key of keys) compiled.push(compileKey(operator, name.text, key, hasVariables));
  }
  return compiled;
}

function compileKey(operator: Operator, operatorText: string, key: ListMember, hasVariables: boolean): CompiledCondition {
  const values = key.items.map(({ text }) => text);
  const operands = values.map((value) => compileOperand(operator.row, value, hasVariables));
  const variables = operands.flatMap((operand) => (operand.kind === 'template' ? variableKeys(operand.template) : []));
  const name = key.name.text.toLowerCase();
  return { operator, operatorText, key: name, keyText: key.name.text, operands, values, references: [name, ...variables] };
}

function compileOperand(row: OperatorRow, value: string, hasVariables: boolean): Operand {
  switch (row.family) {
    case 'numeric':
      return numeric(numberOf(value));
    case 'date':
      return numeric(dateOf(value));
    case 'ip': {
      const range = ipRangeOf(value);
      return range === undefined ? { kind: 'never' } : { kind: 'range', range };
    }
    default:
      return compileText(row, value, hasVariables && row.hasVariables);
  }
}

function numeric(value: number | undefined): Operand {
  return value === undefined ? { kind: 'never' } : { kind: 'number', value };
}

function compileText(row: OperatorRow, value: string, hasVariables: boolean): Operand {
  const isFixed = !hasVariables || !value.includes('${');
  const text = row.ignoresCase && isFixed ? value.toLowerCase() : value;
  if (isFixed && row.family !== 'arn') {
    return { kind: 'pattern', pattern: row.hasWildcards ? wildcardPattern(text) : { kind: 'exact', text } };
  }
  const template = readTemplate(text, { hasVariables, hasWildcards: row.hasWildcards });
  const tokens = fixedTokens(template);
  if (tokens === undefined) return { kind: 'template', template };
  if (row.family === 'arn') return { kind: 'arn', arn: arnPatternOf(tokens, false) };
  const pattern = patternOf(tokens);
  const lowered = row.ignoresCase && pattern.kind === 'exact' ? { ...pattern, text: pattern.text.toLowerCase() } : pattern;
  return { kind: 'pattern', pattern: lowered };
}
