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
}

/** The custom key stores of the account. */
export interface CustomKeyStores {
  listCustomKeyStores(region: string, signal: AbortSignal): Promise<readonly CustomKeyStore[]>;
  connectCustomKeyStore(region: string, customKeyStoreId: string, signal: AbortSignal): Promise<void>;
  disconnectCustomKeyStore(region: string, customKeyStoreId: string, signal: AbortSignal): Promise<void>;
}
