/**
 * A text with the wildcards of IAM policies, `*` for any characters and `?` for one
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html). Patterns are plain
 * data and are made once; matching compiles nothing.
 */
export type Pattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact'; readonly text: string }
  | { readonly kind: 'prefix'; readonly text: string }
  | { readonly kind: 'tokens'; readonly tokens: readonly number[] };

/** UTF-16 code units are positive, so these cannot be mistaken for one. */
export const anyText = -1;
const anyCharacter = -2;

const star = '*'.charCodeAt(0);
const questionMark = '?'.charCodeAt(0);

/** The units of a text, in which `*` and `?` are wildcards. */
export function wildcardTokens(text: string): number[] {
  return literalTokens(text).map((unit) => (unit === star ? anyText : unit === questionMark ? anyCharacter : unit));
}

/** The units of a text in which nothing is a wildcard. */
export function literalTokens(text: string): number[] {
  const tokens: number[] = [];
  for (let at = 0; at < text.length; at += 1) tokens.push(text.charCodeAt(at));
  return tokens;
}

/** Chooses the quickest way to match the tokens. */
export function patternOf(tokens: readonly number[]): Pattern {
  if (tokens.length > 0 && tokens.every((token) => token === anyText)) return { kind: 'any' };
  if (tokens.every((token) => token >= 0)) return { kind: 'exact', text: textOfTokens(tokens) };
  const start = tokens.slice(0, -1);
  if (tokens.at(-1) === anyText && start.every((token) => token >= 0)) return { kind: 'prefix', text: textOfTokens(start) };
  return { kind: 'tokens', tokens };
}

export function wildcardPattern(text: string): Pattern {
  return /[*?]/.test(text) ? patternOf(wildcardTokens(text)) : { kind: 'exact', text };
}

function textOfTokens(tokens: readonly number[]): string {
  let text = '';
  for (const token of tokens) text += String.fromCharCode(token);
  return text;
}

/** Whether the whole text fits the pattern. */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  switch (pattern.kind) {
    case 'any':
      return true;
    case 'exact':
      return pattern.text === text;
    case 'prefix':
      return text.startsWith(pattern.text);
    case 'tokens':
      return matchesTokens(pattern.tokens, text);
  }
}

/** Goes back to the last `*` only, so the time is bounded by the product of the lengths. */
function matchesTokens(tokens: readonly number[], text: string): boolean {
  let at = 0;
  let token = 0;
  let starToken = -1;
  let starAt = 0;
  while (at < text.length) {
    const current = tokens[token];
    if (current === anyText) {
      starToken = token;
      starAt = at;
      token += 1;
    } else if (current === anyCharacter || current === text.charCodeAt(at)) {
      at += 1;
      token += 1;
    } else if (starToken >= 0) {
      starAt += 1;
      at = starAt;
      token = starToken + 1;
    } else return false;
  }
  while (tokens[token] === anyText) token += 1;
  return token === tokens.length;
}
