import type { ConditionContext } from '../conditions/context.ts';
import { arnPatternOf, matchesArn, type ArnPattern } from './arnPattern.ts';
import { fillTemplate, fixedTokens, readTemplate, type Template } from './template.ts';

type ResourcePattern =
  | { readonly kind: 'fixed'; readonly arn: ArnPattern }
  | { readonly kind: 'template'; readonly template: Template };

/** `Resource` or `NotResource`. ARNs are compared with their case. */
export interface ResourceMatcher {
  readonly negated: boolean;
  readonly patterns: readonly ResourcePattern[];
}

export function compileResources(texts: readonly string[], negated: boolean, hasVariables: boolean): ResourceMatcher {
  return { negated, patterns: texts.map((text) => compileResource(text, hasVariables)) };
}

function compileResource(text: string, hasVariables: boolean): ResourcePattern {
  const template = readTemplate(text, { hasVariables, hasWildcards: true });
  const tokens = fixedTokens(template);
  return tokens === undefined ? { kind: 'template', template } : { kind: 'fixed', arn: arnPatternOf(tokens, true) };
}

/** `resource` is an ARN, or `*` for actions that take no resource, which only a pattern of `*` alone matches. */
export function matchesResource(matcher: ResourceMatcher, resource: string, context: ConditionContext): boolean {
  return matcher.patterns.some((pattern) => matchesOne(pattern, resource, context)) !== matcher.negated;
}

function matchesOne(pattern: ResourcePattern, resource: string, context: ConditionContext): boolean {
  if (pattern.kind === 'fixed') return matchesArn(pattern.arn, resource);
  const tokens = fillTemplate(pattern.template, context);
  return tokens !== undefined && matchesArn(arnPatternOf(tokens, true), resource);
}
