import type { UpdateCustomKeyStoreRequest } from '@aws-sdk/client-kms';
import { checkHealth } from '../../externalKeys/externalKeyProxy.ts';
import { ProxyFailure, proxyFaults } from '../../externalKeys/proxyFaults.ts';
import { proxyOf } from '../../externalKeys/proxyOf.ts';
import { KmsException } from '../../kmsException.ts';
import type { Call } from '../../pipeline/call.ts';
import type { KeyStoreRow } from '../../store/tables/keyStoreTable.ts';
import { keyStoresHere } from './findKeyStore.ts';

type Details = KeyStoreRow['details'];

/** The members that only external key stores have, as CreateCustomKeyStore and UpdateCustomKeyStore name them. */
export type ProxyMembers = Pick<
  UpdateCustomKeyStoreRequest,
  | 'XksProxyUriEndpoint'
  | 'XksProxyUriPath'
  | 'XksProxyVpcEndpointServiceName'
  | 'XksProxyVpcEndpointServiceOwner'
  | 'XksProxyAuthenticationCredential'
  | 'XksProxyConnectivity'
>;

export const proxyMemberNames = [
  'XksProxyUriEndpoint',
  'XksProxyUriPath',
  'XksProxyVpcEndpointServiceName',
  'XksProxyVpcEndpointServiceOwner',
  'XksProxyAuthenticationCredential',
  'XksProxyConnectivity',
] as const satisfies readonly (keyof ProxyMembers)[];

function invalid(message: string): KmsException {
  return new KmsException('ValidationException', message);
}

/** The settings that are stored of the members that were given; the secret access key is kept apart. */
export function proxyDetails(members: ProxyMembers): Details {
  const { XksProxyAuthenticationCredential: credential, ...texts } = members;
  const given: (readonly [string, string | undefined])[] = proxyMemberNames
    .filter((name) => name !== 'XksProxyAuthenticationCredential')
    .map((name) => [name, texts[name]]);
  return Object.fromEntries([...given, ['AccessKeyId', credential?.AccessKeyId] as const].filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Throws for settings that no external key store can have, each by itself. */
function checkShape(call: Call, details: Details): void {
  const { XksProxyConnectivity: connectivity, XksProxyVpcEndpointServiceName: service, XksProxyUriPath: path = '' } = details;
  if (!path.endsWith('/kms/xks/v1')) {
    throw new KmsException('XksProxyInvalidConfigurationException', 'XksProxyUriPath has to end in /kms/xks/v1, the version of the proxy API.');
  }
  if (connectivity === 'VPC_ENDPOINT_SERVICE') {
    if (service === undefined) throw invalid('XksProxyVpcEndpointServiceName is required when XksProxyConnectivity is VPC_ENDPOINT_SERVICE.');
    if (!service.startsWith(`com.amazonaws.vpce.${call.region}.`)) {
      throw new KmsException('XksProxyVpcEndpointServiceNotFoundException', `The VPC endpoint service ${service} is not found in ${call.region}.`);
    }
  } else if (service !== undefined || details['XksProxyVpcEndpointServiceOwner'] !== undefined) {
    throw invalid('XksProxyVpcEndpointServiceName and XksProxyVpcEndpointServiceOwner are only valid when XksProxyConnectivity is VPC_ENDPOINT_SERVICE.');
  }
}

/** Throws when another external key store of the Region has an address that has to be this one's alone. */
function checkUnique(call: Call, details: Details, storeId: string | undefined): void {
  for (const other of keyStoresHere(call)) {
    if (other.storeId === storeId || other.type !== 'EXTERNAL_KEY_STORE') continue;
    const same = (name: string): boolean => details[name] !== undefined && other.details[name] === details[name];
    if (same('XksProxyVpcEndpointServiceName')) {
      throw new KmsException('XksProxyVpcEndpointServiceInUseException', `The VPC endpoint service is in use by the custom key store ${other.storeId}.`);
    }
    if (!same('XksProxyUriEndpoint')) continue;
    const shareable = details['XksProxyConnectivity'] === 'PUBLIC_ENDPOINT' && same('XksProxyConnectivity');
    if (!shareable) {
      throw new KmsException('XksProxyUriEndpointInUseException', `The endpoint is in use by the custom key store ${other.storeId}, and one of the two is reached through a VPC endpoint service.`);
    }
    if (same('XksProxyUriPath')) {
      throw new KmsException('XksProxyUriInUseException', `The endpoint with this path is in use by the custom key store ${other.storeId}.`);
    }
  }
}

/**
 * Checks the settings of an external key store against the API's rules and against the other stores
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateCustomKeyStore.html). Throws ValidationException or one
 * of the XksProxy exceptions. `storeId` is the store's own, once it has one.
 */
export function checkProxySettings(call: Call, details: Details, storeId?: string): void {
  checkShape(call, details);
  checkUnique(call, details, storeId);
}

/** Asks a proxy on this machine how it is. Gives the fault, or undefined for a proxy that is well or is simulated. */
export async function proxyFaultOf(call: Call, store: KeyStoreRow): Promise<ProxyFailure | undefined> {
  const address = proxyOf(call, store);
  try {
    if (address) await checkHealth(address, { operation: call.operation, requestId: call.requestId });
    return undefined;
  } catch (error) {
    if (error instanceof ProxyFailure) return error;
    throw error;
  }
}

/**
 * Asks a proxy with a public endpoint how it is before its store is made or changed, as AWS KMS does; one behind a VPC
 * endpoint service is asked when the store is connected. Rejects with one of the XksProxy exceptions.
 */
export async function checkProxyAnswers(call: Call, store: KeyStoreRow): Promise<void> {
  if (store.details['XksProxyConnectivity'] !== 'PUBLIC_ENDPOINT') return;
  const failure = await proxyFaultOf(call, store);
  if (failure) throw new KmsException(proxyFaults[failure.fault].store, failure.message);
}
