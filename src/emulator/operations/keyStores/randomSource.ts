import { KmsException } from '../../kmsException.ts';
import type { Call } from '../../pipeline/call.ts';
import { checkKeyStoreState, findKeyStore } from './findKeyStore.ts';

/**
 * Checks that a store can give random bytes: only a connected AWS CloudHSM key store can
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html). Throws CustomKeyStoreNotFoundException,
 * UnsupportedOperationException or CustomKeyStoreInvalidStateException.
 */
export function checkRandomSource(call: Call, storeId: string): void {
  const store = findKeyStore(call, storeId);
  if (store.type !== 'AWS_CLOUDHSM') {
    throw new KmsException('UnsupportedOperationException', `The custom key store ${storeId} is an external key store, which gives no random bytes.`);
  }
  checkKeyStoreState(call, store, ['CONNECTED']);
}
