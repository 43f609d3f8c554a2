import type { Decision } from '../../core/policy/evaluate/decision.ts';
import type { Caller } from '../pipeline/call.ts';
import type { StoredKey } from '../store/keyRecord.ts';
import type { Store } from '../store/store.ts';

/** Who asks for what. The caller and the key are told apart as objects: read anew, they are asked about anew. */
export interface PlainQuestion {
  readonly caller: Caller;
  readonly key: StoredKey | undefined;
  readonly action: string;
}

/** Decisions that hold for any request with the same question, until the store changes. */
export interface SettledDecisions {
  find(question: PlainQuestion): Decision | undefined;
  keep(question: PlainQuestion, decision: Decision): void;
}

/** The decisions on one caller, by the key that they are about; those about no key are under the caller. */
interface Kept {
  readonly revision: number;
  readonly byKey: WeakMap<StoredKey | Caller, Map<string, Decision>>;
}

export function settledDecisions(store: Store): SettledDecisions {
  const kept = new WeakMap<Caller, Kept>();
  const current = (caller: Caller): Kept | undefined => {
    const known = kept.get(caller);
    return known?.revision === store.revision() ? known : undefined;
  };
  const renewed = (caller: Caller): Kept => {
    const fresh: Kept = { revision: store.revision(), byKey: new WeakMap() };
    kept.set(caller, fresh);
    return fresh;
  };
  return {
    find: ({ caller, key, action }) => current(caller)?.byKey.get(key ?? caller)?.get(action),
    keep({ caller, key, action }, decision) {
      const { byKey } = current(caller) ?? renewed(caller);
      const decisions = byKey.get(key ?? caller) ?? new Map<string, Decision>();
      byKey.set(key ?? caller, decisions.set(action, decision));
    },
  };
}
