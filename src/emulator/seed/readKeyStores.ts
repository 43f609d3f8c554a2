import { createHash } from 'node:crypto';
import type { ConnectionErrorCodeType } from '@aws-sdk/client-kms';
import { limitOf } from '../shapes/memberLimits.ts';
import type { KeyStoreType } from '../store/tables/keyStoreTable.ts';
import type { SeedKeyStore } from './seedDocument.ts';
import { readAccount, readRegion, type SeedDefaults } from './seedPlace.ts';
import type { SeedValue } from './seedReader.ts';

const proxyTexts = ['XksProxyUriEndpoint', 'XksProxyUriPath', 'XksProxyConnectivity', 'XksProxyVpcEndpointServiceName', 'XksProxyVpcEndpointServiceOwner'] as const;
const placeMembers = ['id', 'name', 'account', 'region', 'type', 'state', 'connectFails'];
const connectivities = ['PUBLIC_ENDPOINT', 'VPC_ENDPOINT_SERVICE'] as const;

const anyStoreErrors = ['INTERNAL_ERROR', 'NETWORK_ERRORS', 'INVALID_CREDENTIALS'] as const satisfies readonly ConnectionErrorCodeType[];

/** The members and the errors of each type (https://docs.aws.amazon.com/kms/latest/APIReference/API_CustomKeyStoresListEntry.html). */
const types = {
  AWS_CLOUDHSM: {
    members: [...placeMembers, 'clusterId'],
    errors: [
      ...anyStoreErrors,
      'CLUSTER_NOT_FOUND',
      'INSUFFICIENT_CLOUDHSM_HSMS',
      'INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET',
      'SUBNET_NOT_FOUND',
      'USER_LOCKED_OUT',
      'USER_LOGGED_IN',
      'USER_NOT_FOUND',
    ],
  },
  EXTERNAL_KEY_STORE: {
    members: [...placeMembers, ...proxyTexts, 'XksProxyAuthenticationCredential'],
    errors: [
      ...anyStoreErrors,
      'XKS_PROXY_ACCESS_DENIED',
      'XKS_PROXY_INVALID_CONFIGURATION',
      'XKS_PROXY_INVALID_RESPONSE',
      'XKS_PROXY_INVALID_TLS_CONFIGURATION',
      'XKS_PROXY_NOT_REACHABLE',
      'XKS_PROXY_TIMED_OUT',
      'XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION',
      'XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND',
    ],
  },
} as const satisfies Record<KeyStoreType, { members: readonly string[]; errors: readonly ConnectionErrorCodeType[] }>;

/** A text that keeps to the API's rules for the member `apiName`. */
function limited(value: SeedValue, apiName: string, fallback?: string): string {
  const text = value.text(fallback);
  const { min = 0, max = Infinity, pattern } = limitOf(apiName);
  if (text.length < min || text.length > max) throw value.fail(`has to have ${min} to ${max} characters.`);
  if (pattern && !pattern.test(text)) throw value.fail(`has to match ${pattern.source}.`);
  return text;
}

/** Twelve letters that are always the same for a name, so that what is made of it is another one for another name. */
function lettersOf(name: string): string {
  return [...createHash('sha256').update(name).digest().subarray(0, 12)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
}

interface Own {
  readonly details: Readonly<Record<string, string>>;
  readonly secret: string | undefined;
}

/** Wider than the API's pattern, which AWS's own examples do not keep to. */
const clusterIds = /^cluster-[0-9a-zA-Z]{11,16}$/;

function readCluster(value: SeedValue, name: string): Own {
  const clusterId = value.member('clusterId');
  const id = clusterId.text(`cluster-${lettersOf(name)}`);
  if (!clusterIds.test(id)) throw clusterId.fail('has to be cluster- and 11 to 16 letters and digits.');
  return { details: { CloudHsmClusterId: id }, secret: undefined };
}

function readVpc(value: SeedValue): Readonly<Record<string, string>> {
  const [service, owner] = [value.member('XksProxyVpcEndpointServiceName'), value.member('XksProxyVpcEndpointServiceOwner')];
  const connectivity = value.member('XksProxyConnectivity').oneOf(connectivities, service.isPresent() ? 'VPC_ENDPOINT_SERVICE' : 'PUBLIC_ENDPOINT');
  if (connectivity === 'PUBLIC_ENDPOINT') {
    const stray = [service, owner].find((each) => each.isPresent());
    if (stray) throw stray.fail('is for XksProxyConnectivity VPC_ENDPOINT_SERVICE.');
    return { XksProxyConnectivity: connectivity };
  }
  return {
    XksProxyConnectivity: connectivity,
    XksProxyVpcEndpointServiceName: limited(service, 'XksProxyVpcEndpointServiceName'),
    ...(owner.isPresent() ? { XksProxyVpcEndpointServiceOwner: limited(owner, 'XksProxyVpcEndpointServiceOwner') } : {}),
  };
}

/** A proxy that is not described is one of a simulated store, at an address that does not exist. */
function readProxy(value: SeedValue, name: string): Own {
  const credential = value.member('XksProxyAuthenticationCredential');
  credential.members(['AccessKeyId', 'RawSecretAccessKey']);
  const secret = credential.isPresent() ? limited(credential.member('RawSecretAccessKey'), 'RawSecretAccessKey') : undefined;
  return {
    details: {
      XksProxyUriEndpoint: limited(value.member('XksProxyUriEndpoint'), 'XksProxyUriEndpoint', `https://${lettersOf(name)}.xks.example.com`),
      XksProxyUriPath: limited(value.member('XksProxyUriPath'), 'XksProxyUriPath', '/kms/xks/v1'),
      ...readVpc(value),
      AccessKeyId: credential.isPresent() ? limited(credential.member('AccessKeyId'), 'AccessKeyId') : 'A'.repeat(20),
    },
    secret,
  };
}

function readId(value: SeedValue): string | undefined {
  if (!value.isPresent()) return undefined;
  const id = value.text();
  if (!/^cks-[0-9a-f]{17}$/.test(id)) throw value.fail('has to be cks- and 17 hexadecimal digits.');
  return id;
}

/** One item of `customKeyStores`. Throws StartFailure BAD_SEED. */
export function readKeyStore(value: SeedValue, defaults: SeedDefaults): SeedKeyStore {
  const type = value.member('type').oneOf(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const, 'AWS_CLOUDHSM');
  value.members(types[type].members);
  const storeId = readId(value.member('id'));
  if (storeId === undefined && !value.member('name').isPresent()) {
    throw value.fail('needs an id or a name, by which it is known when the seed is loaded again.');
  }
  const name = limited(value.member('name'), 'CustomKeyStoreName', storeId);
  const connectFails = value.member('connectFails').isPresent() ? value.member('connectFails').oneOf<string>(types[type].errors) : undefined;
  const state = value.member('state').oneOf(['CONNECTED', 'DISCONNECTED', 'FAILED'] as const, 'CONNECTED');
  if (state === 'FAILED' && connectFails === undefined) throw value.member('state').fail('is FAILED, and connectFails has to say with what error.');
  const own = type === 'AWS_CLOUDHSM' ? readCluster(value, name) : readProxy(value, name);
  return {
    storeId,
    name,
    accountId: readAccount(value.member('account'), defaults),
    region: readRegion(value.member('region'), defaults.region),
    type,
    state,
    connectFails,
    ...own,
  };
}
