import { compilePolicy } from '../../core/policy/compile/compilePolicy.ts';
import type { CompiledPolicy } from '../../core/policy/compile/compiledPolicy.ts';

/** A policy ready for decisions. */
export interface PolicyFacts {
  readonly policy: CompiledPolicy;
  /** Whether what it says depends on the condition keys of a request. Most policies of keys ask for none. */
  readonly asksContext: boolean;
}

/** The policies that were compiled lately, by their text. */
export type CompiledPolicies = (text: string) => PolicyFacts;

/** A policy has up to 32 kB, and its compiled form a few times as much. */
const mostKept = 500;

/** Keeps what was compiled; the text that came first goes first when there are too many. */
export function compiledPolicies(): CompiledPolicies {
  const kept = new Map<string, PolicyFacts>();
  return (text) => {
    const known = kept.get(text);
    if (known) return known;
    const policy = compilePolicy(text);
    const facts = { policy, asksContext: asksContext(policy) };
    const [oldest] = kept.size < mostKept ? [] : kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(text, facts);
    return facts;
  };
}

/** Conditions and the variables of a Resource are filled from the condition keys. */
export function asksContext({ statements }: CompiledPolicy): boolean {
  return statements.some(({ conditions, resources }) => conditions.length > 0 || resources.patterns.some(({ kind }) => kind === 'template'));
}
