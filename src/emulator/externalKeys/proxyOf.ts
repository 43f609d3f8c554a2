import { isLoopbackEndpoint, type ProxyAddress } from './sendToProxy.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import type { KeyStoreRow } from '../store/tables/keyStoreTable.ts';
import type { Services } from '../pipeline/call.ts';

/**
 * The proxy of an external key store, or undefined when the store is simulated: only a proxy on this machine is spoken
 * to, and the keys of every other store are made of the emulator's own material.
 */
export function proxyOf({ keyStoreSecrets }: Pick<Services, 'keyStoreSecrets'>, store: KeyStoreRow): ProxyAddress | undefined {
  const { XksProxyUriEndpoint: endpoint = '', XksProxyUriPath: path = '', AccessKeyId: accessKeyId = '' } = store.details;
  if (store.type !== 'EXTERNAL_KEY_STORE' || !isLoopbackEndpoint(endpoint)) return undefined;
  return { endpoint, path, region: store.region, accessKeyId, secretAccessKey: keyStoreSecrets.read(store) ?? '' };
}

/** The external key behind a KMS key and the way to it, or undefined for a key without one. */
export function externalKeyOf(services: Services, key: KeyRecord): { readonly address: ProxyAddress; readonly keyId: string } | undefined {
  if (key.storeId === undefined || key.xksKeyId === undefined) return undefined;
  const store = services.store.keyStores.find(key.storeId);
  const address = store && proxyOf(services, store);
  return address && { address, keyId: key.xksKeyId };
}
