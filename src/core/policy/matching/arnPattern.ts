import { anyText, matchesPattern, patternOf, type Pattern } from './pattern.ts';

/**
 * A pattern for ARNs: each of the six parts between colons is matched by itself, so that `*` never reaches over a colon
 * but in the last part (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN).
 */
export type ArnPattern = { readonly kind: 'any' } | { readonly kind: 'parts'; readonly parts: readonly Pattern[] };

const arnParts = 6;
const colon = ':'.charCodeAt(0);

/**
 * The pattern of an ARN's tokens. A text of fewer parts is filled up with `*` where `fillUp` says so, as IAM does in
 * Resource elements; otherwise it matches nothing.
 */
export function arnPatternOf(tokens: readonly number[], fillUp: boolean): ArnPattern {
  if (tokens.length > 0 && tokens.every((token) => token === anyText)) return { kind: 'any' };
  const parts: number[][] = [[]];
  for (const token of tokens) {
    if (token === colon && parts.length < arnParts) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  while (fillUp && parts.length < arnParts) parts.push([anyText]);
  return { kind: 'parts', parts: parts.map((part) => patternOf(part)) };
}

export function matchesArn(pattern: ArnPattern, arn: string): boolean {
  if (pattern.kind === 'any') return true;
  if (pattern.parts.length < arnParts) return false;
  let start = 0;
  for (const [index, part] of pattern.parts.entries()) {
    const end = index === arnParts - 1 ? arn.length : arn.indexOf(':', start);
    if (end < 0 || !matchesPattern(part, arn.slice(start, end))) return false;
    start = end + 1;
  }
  return true;
}
