import type { Caller, KeyFacts } from '../../core/policy/evaluate/request.ts';
import { type GrantIndex, indexGrants } from '../../core/policy/grants/grantUse.ts';
import { roleArnOf } from '../../core/policy/matching/caller.ts';
import type { StoredKey } from '../store/keyRecord.ts';
import type { Store } from '../store/store.ts';
import type { CompiledPolicies } from './compiledPolicies.ts';
import { grantFacts } from './grantFacts.ts';

/** What policies can ask of a key. */
export interface KeyAccess {
  readonly key: KeyFacts;
  /** Whether the key policy asks for condition keys. */
  readonly asksContext: boolean;
}

/** A key may have 50 aliases and tags, and policies stop asking for aliases beyond that. */
const most = 51;

/** The facts of a key for a decision on this caller, to whom the grants are that a decision looks at. */
export type KeyFactsOf = (key: StoredKey, caller: Caller) => KeyAccess;

/** Keeps the facts of a key record until the store changes. Its grants are read when policies do not allow already. */
export function keyFactsIn(store: Store, compile: CompiledPolicies): KeyFactsOf {
  const kept = new WeakMap<StoredKey, { readonly access: KeyAccess; readonly revision: number }>();
  return (key, caller) => {
    const known = kept.get(key);
    const revision = store.revision();
    const access = known?.revision === revision ? known.access : accessOf(store, key, compile);
    if (access !== known?.access) kept.set(key, { access, revision });
    return { ...access, key: withGrants(access.key, () => grantsFor(store, key.arn, caller)) };
  };
}

function accessOf(store: Store, key: StoredKey, compile: CompiledPolicies): KeyAccess {
  const aliases = store.aliases.listOf(key.arn, '', most).map(({ name }) => name);
  const tags = Object.fromEntries(store.tags.list(key.arn, '', most).map(({ tagKey, tagValue }) => [tagKey, tagValue]));
  return keyAccess(key, aliases, tags, compile);
}

/** The facts of a key with these aliases and tags, which need not be in the store yet. */
export function keyAccess(key: StoredKey, aliases: readonly string[], tags: KeyFacts['tags'], compile: CompiledPolicies): KeyAccess {
  const { arn, accountId: account, spec, usage, origin, manager } = key;
  const { policy, asksContext } = compile(key.policy);
  const multiRegion = key.primaryRegion === undefined ? {} : { multiRegionKeyType: key.primaryRegion === key.region ? ('PRIMARY' as const) : ('REPLICA' as const) };
  return { key: { arn, account, policy, spec, usage, origin, manager, aliases, tags, ...multiRegion }, asksContext };
}

function withGrants(key: KeyFacts, load: () => GrantIndex): KeyFacts {
  let grants: GrantIndex | undefined;
  return {
    ...key,
    get grants() {
      return (grants ??= load());
    },
  };
}

/** The grants of a key to the caller, to the role of the caller's session and to the account. */
function grantsFor(store: Store, keyArn: string, caller: Caller): GrantIndex {
  const partition = caller.arn.split(':')[1] ?? 'aws';
  const grantees = [caller.arn, roleArnOf(caller) ?? caller.arn, `arn:${partition}:iam::${caller.account}:root`];
  return indexGrants(store.grants.to(keyArn, grantees).map(grantFacts));
}
