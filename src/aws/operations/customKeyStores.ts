import {
  ConnectCustomKeyStoreCommand,
  CreateCustomKeyStoreCommand,
  type CustomKeyStoresListEntry,
  DeleteCustomKeyStoreCommand,
  DisconnectCustomKeyStoreCommand,
  paginateDescribeCustomKeyStores,
  UpdateCustomKeyStoreCommand,
  type UpdateCustomKeyStoreCommandInput,
} from '@aws-sdk/client-kms';
import type { KeyStoreSettings } from '../../core/kms/keyStores/keyStoreField.ts';
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
    xksProxyVpcEndpointServiceName: sdk.XksProxyConfiguration?.VpcEndpointServiceName,
    xksProxyVpcEndpointServiceOwner: sdk.XksProxyConfiguration?.VpcEndpointServiceOwner,
    accessKeyId: sdk.XksProxyConfiguration?.AccessKeyId,
  };
}

type Members = Omit<UpdateCustomKeyStoreCommandInput, 'CustomKeyStoreId' | 'NewCustomKeyStoreName'>;

/** The members that CreateCustomKeyStore and UpdateCustomKeyStore have in common; KMS takes no empty ones. */
function toMembers(settings: KeyStoreSettings): Members {
  const { accessKeyId, rawSecretAccessKey, xksProxyConnectivity: connectivity } = settings;
  const given = {
    CloudHsmClusterId: settings.cloudHsmClusterId,
    KeyStorePassword: settings.keyStorePassword,
    XksProxyUriEndpoint: settings.xksProxyUriEndpoint,
    XksProxyUriPath: settings.xksProxyUriPath,
    XksProxyVpcEndpointServiceName: settings.xksProxyVpcEndpointServiceName,
    XksProxyVpcEndpointServiceOwner: settings.xksProxyVpcEndpointServiceOwner,
  };
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, text]) => text !== undefined && text !== '')),
    ...(connectivity === 'PUBLIC_ENDPOINT' || connectivity === 'VPC_ENDPOINT_SERVICE' ? { XksProxyConnectivity: connectivity } : {}),
    ...(accessKeyId === undefined || rawSecretAccessKey === undefined ? {} : { XksProxyAuthenticationCredential: { AccessKeyId: accessKeyId, RawSecretAccessKey: rawSecretAccessKey } }),
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
    createCustomKeyStore: (region, type, settings, signal) =>
      caller.call('CreateCustomKeyStore', region, signal, async (kms, options) => {
        const { name, trustAnchorCertificate } = settings;
        const certificate = trustAnchorCertificate === undefined ? {} : { TrustAnchorCertificate: trustAnchorCertificate };
        const input = { CustomKeyStoreName: name, CustomKeyStoreType: type, ...certificate, ...toMembers(settings) };
        return (await kms.send(new CreateCustomKeyStoreCommand(input), options)).CustomKeyStoreId ?? '';
      }),
    updateCustomKeyStore: (region, customKeyStoreId, change, signal) =>
      caller.call('UpdateCustomKeyStore', region, signal, async (kms, options) => {
        const renamed = change.name === undefined ? {} : { NewCustomKeyStoreName: change.name };
        await kms.send(new UpdateCustomKeyStoreCommand({ CustomKeyStoreId: customKeyStoreId, ...renamed, ...toMembers(change) }), options);
      }),
    deleteCustomKeyStore: (region, customKeyStoreId, signal) =>
      caller.call('DeleteCustomKeyStore', region, signal, async (kms, options) => {
        await kms.send(new DeleteCustomKeyStoreCommand({ CustomKeyStoreId: customKeyStoreId }), options);
      }),
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
