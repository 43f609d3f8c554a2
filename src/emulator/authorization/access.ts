import type { Store } from '../store/store.ts';
import type { Caller } from '../pipeline/call.ts';
import { type CallerFacts, callerFactsWith } from './callerFacts.ts';
import { type CompiledPolicies, compiledPolicies } from './compiledPolicies.ts';
import { type KeyFactsOf, keyFactsIn } from './keyFacts.ts';
import { type SettledDecisions, settledDecisions } from './settledDecisions.ts';

/** What decisions are made of, kept ready between calls. */
export interface Access {
  readonly compile: CompiledPolicies;
  readonly caller: (caller: Caller) => CallerFacts;
  readonly key: KeyFactsOf;
  readonly settled: SettledDecisions;
}

export function accessTo(store: Store): Access {
  const compile = compiledPolicies();
  return { compile, caller: callerFactsWith(compile), key: keyFactsIn(store, compile), settled: settledDecisions(store) };
}
