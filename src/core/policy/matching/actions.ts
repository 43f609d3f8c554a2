import { matchesPattern, wildcardPattern, type Pattern } from './pattern.ts';

/** `Action` or `NotAction`; names of actions are compared in lower case. */
export interface ActionMatcher {
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
}

export function compileActions(texts: readonly string[], negated: boolean): ActionMatcher {
  return { negated, patterns: texts.map((text) => wildcardPattern(text.toLowerCase())) };
}

/** `action` is in lower case with its prefix, as in `kms:decrypt`. */
export function matchesAction({ negated, patterns }: ActionMatcher, action: string): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, action)) !== negated;
}
