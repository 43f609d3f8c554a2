import type { ConditionContext } from '../conditions/context.ts';
import { literalTokens, wildcardTokens } from './pattern.ts';

/**
 * A text with policy variables such as `${aws:username}` or `${aws:PrincipalTag/team, 'none'}`
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html).
 */
export type TemplatePart =
  | { readonly kind: 'tokens'; readonly tokens: readonly number[] }
  | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | undefined };

export type Template = readonly TemplatePart[];

/** `${*}`, `${?}` and `${$}` stand for the character itself. */
const escapes = ['*', '?', '$'];

const variable = /\$\{([^}]*)\}/g;
const withFallback = /^([^,]*),\s*'([^']*)'\s*$/;

export interface TemplateRules {
  /** Variables and escapes exist in Version 2012-10-17 only; before, `${` is text as any other. */
  readonly hasVariables: boolean;
  /** Whether `*` and `?` are wildcards, which they are not for operators such as StringEquals. */
  readonly hasWildcards: boolean;
}

/** Reads a text of a policy. */
export function readTemplate(text: string, { hasVariables, hasWildcards }: TemplateRules): Template {
  const read = hasWildcards ? wildcardTokens : literalTokens;
  if (!hasVariables || !text.includes('${')) return [{ kind: 'tokens', tokens: read(text) }];
  const parts: TemplatePart[] = [];
  let done = 0;
  for (const match of text.matchAll(variable)) {
    if (match.index > done) parts.push({ kind: 'tokens', tokens: read(text.slice(done, match.index)) });
    parts.push(readVariable((match[1] ?? '').trim()));
    done = match.index + match[0].length;
  }
  if (done < text.length) parts.push({ kind: 'tokens', tokens: read(text.slice(done)) });
  return parts;
}

function readVariable(inside: string): TemplatePart {
  if (escapes.includes(inside)) return { kind: 'tokens', tokens: literalTokens(inside) };
  const [, key = inside, fallback] = withFallback.exec(inside) ?? [];
  return { kind: 'variable', key: key.trim().toLowerCase(), fallback };
}

/** The tokens of a template without variables, which need no request; undefined for one that has some. */
export function fixedTokens(template: Template): readonly number[] | undefined {
  const tokens: number[] = [];
  for (const part of template) {
    if (part.kind === 'variable') return undefined;
    tokens.push(...part.tokens);
  }
  return tokens;
}

/**
 * The tokens for one request; undefined when a variable has no value there, or several. What a variable stands for is
 * taken literally, so that a `*` in a tag is no wildcard.
 */
export function fillTemplate(template: Template, context: ConditionContext): readonly number[] | undefined {
  const tokens: number[] = [];
  for (const part of template) {
    if (part.kind === 'tokens') {
      tokens.push(...part.tokens);
      continue;
    }
    const values = context.get(part.key);
    const value = values?.length === 1 ? values[0] : values === undefined ? part.fallback : undefined;
    if (value === undefined) return undefined;
    tokens.push(...literalTokens(value));
  }
  return tokens;
}

/** The condition keys that the variables stand for, in lower case. */
export function variableKeys(template: Template): readonly string[] {
  return template.flatMap((part) => (part.kind === 'variable' ? [part.key] : []));
}
