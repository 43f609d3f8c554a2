import type { CustomKeyStore } from '../service/customKeyStores.ts';
import { addressFields, type KeyStoreFieldId, keyStoreFields, type KeyStoreSettings } from './keyStoreField.ts';

/** Something about a custom key store that can be changed in one go. */
export interface KeyStoreChange {
  readonly label: string;
  readonly detail: string;
  readonly type: CustomKeyStore['type'] | 'any';
  /** The fields that are asked for, given what was answered so far. */
  readonly fields: (answers: KeyStoreSettings) => readonly KeyStoreFieldId[];
  readonly whenConnected: boolean;
  /** Whether it leads KMS to other keys if it is wrong, so that it is confirmed. */
  readonly leadsElsewhere: boolean;
  /** Whether this store has it at all. */
  readonly applies?: (store: CustomKeyStore) => boolean;
}

/**
 * What UpdateCustomKeyStore changes, and which of it while the store is connected
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateCustomKeyStore.html). The two parts of a credential go
 * together; another connectivity needs another endpoint.
 */
export const keyStoreChanges: readonly KeyStoreChange[] = [
  { label: 'Name', detail: 'Its keys stay what they are.', type: 'any', fields: () => ['name'], whenConnected: true, leadsElsewhere: false },
  {
    label: 'Password of the kmsuser',
    detail: 'Tells KMS the password that the crypto user has in the cluster now.',
    type: 'AWS_CLOUDHSM',
    fields: () => ['keyStorePassword'],
    whenConnected: false,
    leadsElsewhere: false,
  },
  {
    label: 'CloudHSM cluster',
    detail: 'Another cluster with the same certificate and a backup in common.',
    type: 'AWS_CLOUDHSM',
    fields: () => ['cloudHsmClusterId'],
    whenConnected: false,
    leadsElsewhere: true,
  },
  {
    label: 'Credential of the proxy',
    detail: 'Tells KMS the access key that is set up on the proxy now.',
    type: 'EXTERNAL_KEY_STORE',
    fields: () => ['accessKeyId', 'rawSecretAccessKey'],
    whenConnected: true,
    leadsElsewhere: false,
  },
  { label: 'URI path of the proxy', detail: 'The path to the API of the proxy.', type: 'EXTERNAL_KEY_STORE', fields: () => ['xksProxyUriPath'], whenConnected: true, leadsElsewhere: true },
  { label: 'URI endpoint of the proxy', detail: 'The host of the proxy.', type: 'EXTERNAL_KEY_STORE', fields: () => ['xksProxyUriEndpoint'], whenConnected: false, leadsElsewhere: true },
  {
    label: 'VPC endpoint service',
    detail: 'Its name, and the account that owns it.',
    type: 'EXTERNAL_KEY_STORE',
    fields: () => ['xksProxyVpcEndpointServiceName', 'xksProxyVpcEndpointServiceOwner'],
    whenConnected: false,
    leadsElsewhere: true,
    applies: ({ xksProxyConnectivity }) => xksProxyConnectivity === 'VPC_ENDPOINT_SERVICE',
  },
  {
    label: 'Connectivity of the proxy',
    detail: 'A public endpoint or a VPC endpoint service, with its new address.',
    type: 'EXTERNAL_KEY_STORE',
    fields: ({ xksProxyConnectivity }) => ['xksProxyConnectivity', ...addressFields(xksProxyConnectivity)],
    whenConnected: false,
    leadsElsewhere: true,
  },
];

/** What can be changed of a store at all, whatever its state. */
export function changesOf(store: CustomKeyStore): readonly KeyStoreChange[] {
  return keyStoreChanges.filter(({ type, applies }) => (type === 'any' || type === store.type) && (applies?.(store) ?? true));
}

/** Why a change has to wait; undefined when it can be made in the state that the store is in. */
export function changeObstacle({ whenConnected }: KeyStoreChange, { connectionState, name }: CustomKeyStore): string | undefined {
  if (connectionState === 'DISCONNECTED' || (whenConnected && connectionState === 'CONNECTED')) return undefined;
  if (connectionState === 'CONNECTED' || connectionState === 'FAILED') return `This can be changed while ${name} is disconnected. Disconnect it first.`;
  return `${name} is ${connectionState.toLowerCase()}. Wait until that is over.`;
}

/** What is known of a store's settings, for the fields to begin with. No secret is among them: KMS tells none. */
export function settingsOf(store: CustomKeyStore): KeyStoreSettings {
  const { name, cloudHsmClusterId, xksProxyConnectivity, xksProxyUriEndpoint, xksProxyUriPath, xksProxyVpcEndpointServiceName, xksProxyVpcEndpointServiceOwner, accessKeyId } = store;
  const known = { name, cloudHsmClusterId, xksProxyConnectivity, xksProxyUriEndpoint, xksProxyUriPath, xksProxyVpcEndpointServiceName, xksProxyVpcEndpointServiceOwner, accessKeyId };
  return Object.fromEntries(Object.entries(known).filter(([, text]) => text !== undefined));
}

/** A change in lines of old and new, without secrets, for people to look at before it is made. */
export function changeLines(before: KeyStoreSettings, after: KeyStoreSettings): readonly string[] {
  return Object.entries(keyStoreFields).flatMap(([id, { label, kind }]) => {
    const [was, is] = [textOf(before, id), textOf(after, id)];
    return is === '' || kind === 'secret' || was === is ? [] : [`${label}: ${was === '' ? is : `${was} → ${is}`}`];
  });
}

function textOf(settings: KeyStoreSettings, id: string): string {
  return Object.entries(settings).find(([name]) => name === id)?.[1] ?? '';
}
