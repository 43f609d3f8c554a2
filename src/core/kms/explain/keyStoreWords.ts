import type { CustomKeyStore } from '../service/customKeyStores.ts';

/**
 * Why a custom key store is not connected, by ConnectionErrorCode, and what to do about it
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_CustomKeyStoresListEntry.html).
 */
const errors: Readonly<Record<string, string>> = {
  CLUSTER_NOT_FOUND: 'KMS cannot find the CloudHSM cluster with the id that the store names. Change the cluster id, or restore the cluster from its backup.',
  INSUFFICIENT_CLOUDHSM_HSMS: 'The CloudHSM cluster has too few active HSMs: one is needed to connect, two in different Availability Zones to create keys. Add HSMs.',
  INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET: 'A private subnet of the CloudHSM cluster has no free IP address for KMS. Free some, one in each subnet, and try again.',
  INTERNAL_ERROR: 'KMS could not complete the connection because of an error of its own. Try again.',
  INVALID_CREDENTIALS: 'The password that KMS has of the kmsuser in the CloudHSM cluster is not the current one. Update the key store password.',
  NETWORK_ERRORS: 'Network errors keep KMS from the store. Try again; if it goes on, look at the network of the store.',
  SUBNET_NOT_FOUND: 'A subnet of the CloudHSM cluster was deleted. Create a cluster from a backup, and a new store for it.',
  USER_LOCKED_OUT: 'The kmsuser is locked out of the CloudHSM cluster after too many wrong passwords. Change its password, then update the one that KMS has.',
  USER_LOGGED_IN: 'The kmsuser is logged in to the CloudHSM cluster elsewhere. Log it out and change its password, then update the one that KMS has.',
  USER_NOT_FOUND: 'The CloudHSM cluster has no crypto user named kmsuser. Create it, then update the key store password.',
  XKS_PROXY_ACCESS_DENIED: 'The external key store proxy denied access to KMS. Let its authorization rules allow the requests of KMS.',
  XKS_PROXY_INVALID_CONFIGURATION: 'The external key store proxy is set up in a way that keeps KMS from connecting. Check its URI path and its settings.',
  XKS_PROXY_INVALID_RESPONSE: 'KMS cannot interpret what the external key store proxy answers. Ask the vendor of the proxy.',
  XKS_PROXY_INVALID_TLS_CONFIGURATION: 'The TLS set-up of the external key store proxy is not accepted: it needs TLS 1.2 or 1.3 and a valid certificate of its domain.',
  XKS_PROXY_NOT_REACHABLE: 'KMS cannot reach the external key store proxy. Check its endpoint, its certificate and whether it is running.',
  XKS_PROXY_TIMED_OUT: 'The external key store proxy does not answer in time. It has to answer within a quarter of a second.',
  XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION: 'The VPC endpoint service of the proxy does not meet what KMS requires. Check its load balancer, its private DNS name and its allowed principals.',
  XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND: 'KMS cannot find the VPC endpoint service of the proxy, or is not one of its allowed principals.',
};

/** What a ConnectionErrorCode means; a code of tomorrow is passed on as it is. */
export function connectionErrorWords(code: string): string {
  return Object.hasOwn(errors, code) ? (errors[code] ?? code) : `KMS gives the reason ${code}.`;
}

/** The codes that have words. */
export const connectionErrorCodes: readonly string[] = Object.keys(errors);

const types: Readonly<Record<CustomKeyStore['type'], string>> = { AWS_CLOUDHSM: 'CloudHSM key store', EXTERNAL_KEY_STORE: 'external key store' };

/** The type and the connection state of a store in one line, as `CloudHSM key store · connected`. */
export function keyStoreSummary({ type, connectionState }: CustomKeyStore): string {
  return `${types[type]} · ${connectionState.toLowerCase()}`;
}

const states: Readonly<Record<string, string>> = {
  CONNECTED: 'Its keys can be used.',
  CONNECTING: 'KMS is connecting to it, which can take up to 20 minutes. Its keys cannot be used until then.',
  DISCONNECTED: 'KMS is not connected to it, so its keys cannot be used. Connect it to use them.',
  DISCONNECTING: 'KMS is disconnecting from it. Its keys cannot be used.',
  FAILED: 'Connecting failed, so its keys cannot be used. Mend the cause, disconnect the store, and connect it again.',
};

/** What the state of a store means, and why it failed if it did, as sentences. */
export function explainKeyStore({ connectionState, connectionErrorCode }: CustomKeyStore): readonly string[] {
  return [
    states[connectionState] ?? `Its connection state is ${connectionState}.`,
    ...(connectionErrorCode === undefined ? [] : [connectionErrorWords(connectionErrorCode)]),
  ];
}
