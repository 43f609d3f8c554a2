import type { CompiledPolicy } from '../compile/compiledPolicy.ts';
import type { Caller, Ceilings, KeyFacts } from '../evaluate/request.ts';
import { accessTo, type Access } from './access.ts';

export interface AccessChange {
  readonly caller: Caller;
  readonly operation: string;
  readonly before: Access;
  readonly after: Access;
}

export interface AccessComparison {
  readonly gains: readonly AccessChange[];
  readonly losses: readonly AccessChange[];
}

const rank: Readonly<Record<Access, number>> = { denied: 0, conditional: 1, allowed: 2 };

/** Who gains and who loses what when a key gets another policy. `key` is the key with the rest of its facts. */
export function compareAccess(
  before: CompiledPolicy,
  after: CompiledPolicy,
  key: KeyFacts,
  callers: readonly Caller[],
  operations: readonly string[],
  ceilings: Ceilings = {},
): AccessComparison {
  const changes = callers.flatMap((caller) =>
    operations.map((operation) => ({
      caller,
      operation,
      before: accessTo(operation, caller, { ...key, policy: before }, ceilings).access,
      after: accessTo(operation, caller, { ...key, policy: after }, ceilings).access,
    })),
  );
  return {
    gains: changes.filter((change) => rank[change.after] > rank[change.before]),
    losses: changes.filter((change) => rank[change.after] < rank[change.before]),
  };
}
