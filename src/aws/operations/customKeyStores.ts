import {
  ConnectCustomKeyStoreCommand,
  type CustomKeyStoresListEntry,
  DisconnectCustomKeyStoreCommand,
  paginateDescribeCustomKeyStores,
} from '@aws-sdk/client-kms';
import type { CustomKeyStore, CustomKeyStores } from '../../core/kms/service/customKeyStores.ts';
import type { KmsCaller } from '../kmsCaller.ts';

function toStore(sdk: CustomKeyStoresListEntry, region: string): CustomKeyStore {
  return {
    customKeyStoreId: sdk.CustomKeyStoreId ?? '',
    name: sdk.CustomKeyStoreName ?? '',
    type: sdk.CustomKeyStoreType ?? 'AWS_CLOUDHSM',
    region,
    connectionState: sdk.ConnectionState ?? 'DISCONNECTED',
    connectionErrorCode: sdk.ConnectionErrorCode,
    creationDate: sdk.CreationDate?.getTime(),
    cloudHsmClusterId: sdk.CloudHsmClusterId,
    xksProxyUriEndpoint: sdk.XksProxyConfiguration?.UriEndpoint,
    xksProxyUriPath: sdk.XksProxyConfiguration?.UriPath,
    xksProxyConnectivity: sdk.XksProxyConfiguration?.Connectivity,
  };
}

/** Custom key stores, over the SDK. */
export function customKeyStores(caller: KmsCaller): CustomKeyStores {
  return {
    async listCustomKeyStores(region, signal) {
      const pages = caller.pages('DescribeCustomKeyStores', region, signal, (client, options) =>
        paginateDescribeCustomKeyStores({ client }, {}, options),
      );
      return (await Array.fromAsync(pages, ({ CustomKeyStores: rows }) => rows ?? [])).flat().map((row) => toStore(row, region));
    },
    connectCustomKeyStore: (region, customKeyStoreId, signal) =>
      caller.call('ConnectCustomKeyStore', region, signal, async (kms, options) => {
        await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId: customKeyStoreId }), options);
      }),
    disconnectCustomKeyStore: (region, customKeyStoreId, signal) =>
      caller.call('DisconnectCustomKeyStore', region, signal, async (kms, options) => {
        await kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId: customKeyStoreId }), options);
      }),
  };
}
