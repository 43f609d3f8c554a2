import { arnPatternOf, matchesArn } from '../matching/arnPattern.ts';
import { matchesPattern, patternOf } from '../matching/pattern.ts';
import { fillTemplate, type Template } from '../matching/template.ts';
import type { CompiledCondition, Operand } from './compiledCondition.ts';
import type { ConditionContext } from './context.ts';
import { ipRangeOf, isInRange } from './ipRange.ts';
import type { Comparison, OperatorRow } from './operators.ts';
import { dateOf, numberOf } from './scalars.ts';

/**
 * Whether one condition holds for a request
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html).
 * A missing key makes positive operators fail and negated ones and `IfExists` hold; `ForAllValues` holds on a key that
 * is missing or empty and `ForAnyValue` does not; `Null` asks for presence alone.
 */
export function holdsCondition(condition: CompiledCondition, context: ConditionContext): boolean {
  const { operator, operands, key } = condition;
  const { row, quantifier, ifExists } = operator;
  const values = context.get(key) ?? [];
  if (row.family === 'null') {
    const absent = values.length === 0 ? 'true' : 'false';
    return operands.some((operand) => operand.kind === 'pattern' && matchesPattern(operand.pattern, absent));
  }
  if (values.length === 0) {
    if (quantifier === undefined) return ifExists || row.negated;
    return ifExists || quantifier === 'ForAllValues';
  }
  const fits = (value: string): boolean => operands.some((operand) => matchesOperand(row, operand, value, context));
  if (quantifier === 'ForAllValues') return values.every((value) => fits(value) !== row.negated);
  if (quantifier === 'ForAnyValue') return values.some((value) => fits(value) !== row.negated);
  return values.some(fits) !== row.negated;
}

/** Whether a value of the request fits one of the policy, before the operator's negation. */
function matchesOperand(row: OperatorRow, operand: Operand, value: string, context: ConditionContext): boolean {
  switch (operand.kind) {
    case 'never':
      return false;
    case 'pattern':
      return matchesPattern(operand.pattern, row.ignoresCase ? value.toLowerCase() : value);
    case 'arn':
      return matchesArn(operand.arn, value);
    case 'template':
      return matchesTemplate(row, operand.template, value, context);
    case 'number':
      return compares(row.comparison, row.family === 'date' ? dateOf(value) : numberOf(value), operand.value);
    case 'range': {
      const address = ipRangeOf(value);
      return address !== undefined && isInRange(address, operand.range);
    }
  }
}

/** A variable without a value is like nothing, so that negated operators hold, as IAM documents it. */
function matchesTemplate(row: OperatorRow, template: Template, value: string, context: ConditionContext): boolean {
  const tokens = fillTemplate(template, context);
  if (tokens === undefined) return false;
  if (row.family === 'arn') return matchesArn(arnPatternOf(tokens, false), value);
  if (!row.ignoresCase) return matchesPattern(patternOf(tokens), value);
  const pattern = patternOf(tokens);
  return pattern.kind === 'exact' && pattern.text.toLowerCase() === value.toLowerCase();
}

function compares(comparison: Comparison, value: number | undefined, limit: number): boolean {
  if (value === undefined) return false;
  switch (comparison) {
    case 'equal':
      return value === limit;
    case 'less':
      return value < limit;
    case 'lessOrEqual':
      return value <= limit;
    case 'greater':
      return value > limit;
    case 'greaterOrEqual':
      return value >= limit;
  }
}
