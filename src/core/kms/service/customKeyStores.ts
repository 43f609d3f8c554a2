import type { KeyStoreSettings } from '../keyStores/keyStoreField.ts';

/** A custom key store (https://docs.aws.amazon.com/kms/latest/APIReference/API_CustomKeyStoresListEntry.html). */
export interface CustomKeyStore {
  readonly customKeyStoreId: string;
  readonly name: string;
  readonly type: 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE';
  readonly region: string;
  readonly connectionState: string;
  readonly connectionErrorCode: string | undefined;
  readonly creationDate: number | undefined;
  readonly cloudHsmClusterId: string | undefined;
  readonly xksProxyUriEndpoint: string | undefined;
  readonly xksProxyUriPath: string | undefined;
  readonly xksProxyConnectivity: string | undefined;
  readonly xksProxyVpcEndpointServiceName: string | undefined;
  readonly xksProxyVpcEndpointServiceOwner: string | undefined;
  /** The public part of the credential with which KMS signs its requests to the proxy. */
  readonly accessKeyId: string | undefined;
}

/** The custom key stores of the account. */
export interface CustomKeyStores {
  listCustomKeyStores(region: string, signal: AbortSignal): Promise<readonly CustomKeyStore[]>;
  /** Makes a store of everything that fieldsOfStore names, and gives its id. Every new store is disconnected. */
  createCustomKeyStore(region: string, type: CustomKeyStore['type'], settings: KeyStoreSettings, signal: AbortSignal): Promise<string>;
  /** Changes the settings that are given. */
  updateCustomKeyStore(region: string, customKeyStoreId: string, change: KeyStoreSettings, signal: AbortSignal): Promise<void>;
  /** Deletes a store that is disconnected and has no keys; its cluster or proxy stays. */
  deleteCustomKeyStore(region: string, customKeyStoreId: string, signal: AbortSignal): Promise<void>;
  connectCustomKeyStore(region: string, customKeyStoreId: string, signal: AbortSignal): Promise<void>;
  disconnectCustomKeyStore(region: string, customKeyStoreId: string, signal: AbortSignal): Promise<void>;
}
