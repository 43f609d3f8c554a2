import type { CustomKeyStore } from '../../../../src/core/kms/service/customKeyStores.ts';

/** Stores as KMS tells of them. */
export const clusterStore: CustomKeyStore = {
  customKeyStoreId: 'cks-1234567890abcdef0',
  name: 'hsm',
  type: 'AWS_CLOUDHSM',
  region: 'eu-west-1',
  connectionState: 'DISCONNECTED',
  connectionErrorCode: undefined,
  creationDate: undefined,
  cloudHsmClusterId: 'cluster-2a23b4cdefg',
  xksProxyUriEndpoint: undefined,
  xksProxyUriPath: undefined,
  xksProxyConnectivity: undefined,
  xksProxyVpcEndpointServiceName: undefined,
  xksProxyVpcEndpointServiceOwner: undefined,
  accessKeyId: undefined,
};

export const proxyStore: CustomKeyStore = {
  ...clusterStore,
  customKeyStoreId: 'cks-1234567890abcdef1',
  name: 'xks',
  type: 'EXTERNAL_KEY_STORE',
  cloudHsmClusterId: undefined,
  xksProxyUriEndpoint: 'https://xks.example.com',
  xksProxyUriPath: '/kms/xks/v1',
  xksProxyConnectivity: 'PUBLIC_ENDPOINT',
  accessKeyId: 'ABCDEFGHIJ234567ABCD',
};
