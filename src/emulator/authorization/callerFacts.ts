import type { Caller as EngineCaller } from '../../core/policy/evaluate/request.ts';
import type { Caller } from '../pipeline/call.ts';
import type { CompiledPolicies } from './compiledPolicies.ts';

/** A caller as the policy engine knows it. */
export interface CallerFacts {
  readonly caller: EngineCaller;
  /** Whether one of the caller's own policies asks for condition keys. */
  readonly asksContext: boolean;
}

const kinds = { root: 'root', user: 'user', roleSession: 'role' } as const satisfies Record<Caller['kind'], EngineCaller['kind']>;

/** Compiles what IAM keeps of a caller, once for each: callers are read anew when the users and roles change. */
export function callerFactsWith(compile: CompiledPolicies): (caller: Caller) => CallerFacts {
  const kept = new WeakMap<Caller, CallerFacts>();
  return (caller) => {
    const known = kept.get(caller);
    if (known) return known;
    const facts = factsOf(caller, compile);
    kept.set(caller, facts);
    return facts;
  };
}

function factsOf(caller: Caller, compile: CompiledPolicies): CallerFacts {
  const { arn, accountId: account, kind, principalArn, policies, boundary, sessionPolicy, tags, userId } = caller;
  const identity = policies.map(compile);
  const limit = boundary === undefined ? undefined : compile(boundary);
  const session = sessionPolicy === undefined ? undefined : compile(sessionPolicy);
  return {
    caller: {
      arn,
      account,
      kind: kinds[kind],
      userId,
      tags,
      identityPolicies: identity.map(({ policy }) => policy),
      ...(kind === 'roleSession' ? { roleArn: principalArn } : {}),
      ...(limit ? { boundary: limit.policy } : {}),
      ...(session ? { sessionPolicies: [session.policy] } : {}),
    },
    asksContext: [...identity, limit, session].some((facts) => facts?.asksContext === true),
  };
}
