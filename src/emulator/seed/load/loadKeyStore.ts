import { newKeyStoreId } from '../../operations/keyStores/newKeyStoreId.ts';
import type { Services } from '../../pipeline/call.ts';
import { StartFailure } from '../../startFailure.ts';
import type { SeedKeyStore } from '../seedDocument.ts';

/**
 * Puts a custom key store into the store unless it is there already: one without an id is known by its name. Throws
 * StartFailure BAD_SEED when its name, cluster or proxy belongs to another one.
 */
export function loadKeyStore({ store, keyStoreSecrets, clock }: Services, seed: SeedKeyStore): void {
  const { secret, connectFails, ...row } = seed;
  const { accountId, region, name } = row;
  const holder = store.keyStores.findByName(accountId, region, name);
  if (seed.storeId === undefined ? holder : store.keyStores.find(seed.storeId)) return;
  if (holder) throw new StartFailure('BAD_SEED', `The seed declares the custom key store ${name} more than once, or with another id than before.`);
  const taken = store.keyStores.list(accountId, region, '', 100).find(({ details }) => sameBacking(details, seed.details));
  if (taken) throw new StartFailure('BAD_SEED', `The custom key stores ${taken.name} and ${name} of the seed have the same cluster or proxy.`);
  const storeId = seed.storeId ?? newKeyStoreId();
  store.keyStores.put({
    ...row,
    storeId,
    stateUntil: undefined,
    connectionError: seed.state === 'FAILED' ? connectFails : undefined,
    connectFails,
    createdAt: clock.now(),
    wrappedSecret: secret === undefined ? undefined : keyStoreSecrets.wrap(storeId, secret),
  });
}

type Details = SeedKeyStore['details'];

function sameBacking(one: Details, other: Details): boolean {
  const same = (member: string): boolean => one[member] !== undefined && one[member] === other[member];
  return same('CloudHsmClusterId') || (same('XksProxyUriEndpoint') && same('XksProxyUriPath'));
}
