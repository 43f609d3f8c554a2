import type { MemberRule, Members } from '../pipeline/memberRules.ts';
import { type Limit, limitOf } from './memberLimits.ts';
import { enumValues, operationShapes } from './operationShapes.ts';
import type { Shape, Shapes } from './shape.ts';

/** Every operation of AWS KMS that the installed SDK knows. */
export type OperationName = keyof typeof operationShapes;

export const operationNames = Object.keys(operationShapes) as readonly OperationName[];

const enums: Readonly<Record<string, readonly string[]>> = enumValues;

function ruleOf(shape: Shape, limit: Limit): MemberRule {
  const { each = {}, ...range } = limit;
  if (typeof shape === 'string') return simpleRule(shape, range);
  if ('values' in shape) return { type: 'text', values: enums[shape.values] ?? [] };
  if ('list' in shape) return { type: 'list', member: ruleOf(shape.list, each), ...range };
  return { type: 'structure', members: rulesOf(shape.members) };
}

function simpleRule(shape: Extract<Shape, string>, { pattern, ...range }: Limit): MemberRule {
  if (shape === 'text') return { type: shape, ...range, ...(pattern === undefined ? {} : { pattern }) };
  return shape === 'blob' || shape === 'integer' ? { type: shape, ...range } : { type: shape };
}

function rulesOf(shapes: Shapes): Members {
  return Object.fromEntries(
    Object.entries(shapes).map(([key, shape]) => {
      const name = key.replace('?', '');
      const rule = ruleOf(shape, limitOf(name));
      return [name, name === key ? { ...rule, required: true } : rule];
    }),
  );
}

/** The rules of an operation's request: its members from the SDK, their limits from the API reference. */
export function membersOf(operation: OperationName): Members {
  return rulesOf(operationShapes[operation]);
}
