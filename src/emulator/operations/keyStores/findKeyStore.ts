import { KmsException } from '../../kmsException.ts';
import type { Call } from '../../pipeline/call.ts';
import type { ConnectionState, KeyStoreRow } from '../../store/tables/keyStoreTable.ts';

/** More than an account may have in a Region, so that one page holds all of them. */
const allOfThem = 100;

/** Every custom key store of the caller's account in the Region of the call. */
export function keyStoresHere(call: Call): KeyStoreRow[] {
  return call.store.keyStores.list(call.caller.accountId, call.region, '', allOfThem);
}

/** The store with this id. Throws CustomKeyStoreNotFoundException for one of another account or Region as well. */
export function findKeyStore(call: Call, storeId: string): KeyStoreRow {
  const found = call.store.keyStores.find(storeId);
  if (found?.accountId === call.caller.accountId && found.region === call.region) return found;
  throw new KmsException('CustomKeyStoreNotFoundException', `The custom key store ${storeId} is not found.`);
}

/** Throws CustomKeyStoreInvalidStateException unless the store is in one of the `states`. */
export function checkKeyStoreState(call: Call, { storeId, state }: KeyStoreRow, states: readonly ConnectionState[]): void {
  if (states.includes(state)) return;
  throw new KmsException(
    'CustomKeyStoreInvalidStateException',
    `The connection state of the custom key store ${storeId} is ${state}. ${call.operation} needs it to be ${states.join(' or ')}.`,
  );
}

/** Throws CustomKeyStoreNameInUseException when another store than `storeId` has the name. */
export function checkKeyStoreName(call: Call, name: string, storeId?: string): void {
  const holder = call.store.keyStores.findByName(call.caller.accountId, call.region, name);
  if (holder && holder.storeId !== storeId) {
    throw new KmsException('CustomKeyStoreNameInUseException', `The custom key store ${holder.storeId} has the name ${name} already.`);
  }
}
