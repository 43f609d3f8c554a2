import type { ConnectCustomKeyStoreRequest, DisconnectCustomKeyStoreRequest } from '@aws-sdk/client-kms';
import { proxyFaults } from '../../externalKeys/proxyFaults.ts';
import { freeOperation, type Validated } from '../../pipeline/operation.ts';
import { checkKeyStoreState, findKeyStore } from './findKeyStore.ts';
import { proxyFaultOf } from './proxySettings.ts';

/** How long CONNECTING and DISCONNECTING last, in milliseconds; with AWS it is up to twenty minutes. */
const transition = 500;

/**
 * Starts to connect; what comes of it is seen in DescribeCustomKeyStores when the transition is over. A store that is
 * connected or connecting stays so, and one that failed has to be disconnected first
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_ConnectCustomKeyStore.html).
 */
export const connectCustomKeyStore = freeOperation<Validated<ConnectCustomKeyStoreRequest, 'CustomKeyStoreId'>>({
  name: 'ConnectCustomKeyStore',
  async run(call, { CustomKeyStoreId: storeId }) {
    const before = findKeyStore(call, storeId);
    checkKeyStoreState(call, before, ['DISCONNECTED', 'CONNECTED', 'CONNECTING']);
    if (before.state !== 'DISCONNECTED') return {};
    const failure = await proxyFaultOf(call, before);
    const store = findKeyStore(call, storeId);
    checkKeyStoreState(call, store, ['DISCONNECTED', 'CONNECTED', 'CONNECTING']);
    if (store.state !== 'DISCONNECTED') return {};
    const connectionError = store.connectFails ?? (failure && proxyFaults[failure.fault].connection);
    call.store.keyStores.put({ ...store, state: 'CONNECTING', stateUntil: call.now + transition, connectionError });
    return {};
  },
});

export const disconnectCustomKeyStore = freeOperation<Validated<DisconnectCustomKeyStoreRequest, 'CustomKeyStoreId'>>({
  name: 'DisconnectCustomKeyStore',
  run(call, { CustomKeyStoreId: storeId }) {
    const store = findKeyStore(call, storeId);
    checkKeyStoreState(call, store, ['CONNECTED', 'CONNECTING', 'FAILED']);
    call.store.keyStores.put({ ...store, state: 'DISCONNECTING', stateUntil: call.now + transition, connectionError: undefined });
    return {};
  },
});
