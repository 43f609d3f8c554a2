import type { DeleteCustomKeyStoreRequest } from '@aws-sdk/client-kms';
import { KmsException } from '../../kmsException.ts';
import { freeOperation, type Validated } from '../../pipeline/operation.ts';
import { checkKeyStoreState, findKeyStore } from './findKeyStore.ts';

/** A store goes once it is disconnected and its last key is gone; keys that wait for their deletion still count. */
export const deleteCustomKeyStore = freeOperation<Validated<DeleteCustomKeyStoreRequest, 'CustomKeyStoreId'>>({
  name: 'DeleteCustomKeyStore',
  run(call, { CustomKeyStoreId: storeId }) {
    const store = findKeyStore(call, storeId);
    const keys = call.store.keys.inStore(storeId).length;
    if (keys > 0) {
      const has = keys === 1 ? 'a KMS key' : `${keys} KMS keys`;
      throw new KmsException('CustomKeyStoreHasCMKsException', `The custom key store ${storeId} has ${has}. Schedule the deletion of its keys, and delete the store when they are gone.`);
    }
    checkKeyStoreState(call, store, ['DISCONNECTED']);
    call.store.keyStores.remove(storeId);
    return {};
  },
});
