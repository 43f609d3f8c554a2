import type { ArnPattern } from '../matching/arnPattern.ts';
import type { Pattern } from '../matching/pattern.ts';
import type { Template } from '../matching/template.ts';
import type { IpRange } from './ipRange.ts';
import type { Operator } from './operators.ts';

/** A value of a condition, ready to be compared. `never` is one that fits nothing, such as a word for a number. */
export type Operand =
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'arn'; readonly arn: ArnPattern }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'range'; readonly range: IpRange }
  | { readonly kind: 'never' };

/** One condition key under one operator. */
export interface CompiledCondition {
  readonly operator: Operator;
  /** As the policy writes it, as in `ForAnyValue:StringLike`. */
  readonly operatorText: string;
  /** In lower case. */
  readonly key: string;
  /** As the policy writes it. */
  readonly keyText: string;
  readonly operands: readonly Operand[];
  /** As the policy writes them. */
  readonly values: readonly string[];
  /** The key and those of the variables in the values, in lower case. */
  readonly references: readonly string[];
}
