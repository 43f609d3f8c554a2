import type { UpdateCustomKeyStoreRequest } from '@aws-sdk/client-kms';
import { KmsException } from '../../kmsException.ts';
import type { Call } from '../../pipeline/call.ts';
import { freeOperation, type Validated } from '../../pipeline/operation.ts';
import type { KeyStoreRow } from '../../store/tables/keyStoreTable.ts';
import { checkKeyStoreName, checkKeyStoreState, findKeyStore, keyStoresHere } from './findKeyStore.ts';
import { checkProxyAnswers, checkProxySettings, proxyDetails, proxyMemberNames } from './proxySettings.ts';

type Change = Validated<UpdateCustomKeyStoreRequest, 'CustomKeyStoreId'>;

const clusterMembers = ['CloudHsmClusterId', 'KeyStorePassword'] as const satisfies readonly (keyof Change)[];

/** What may change while the store is connected (https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateCustomKeyStore.html). */
const changeableWhenConnected: readonly string[] = ['CustomKeyStoreId', 'NewCustomKeyStoreName', 'XksProxyUriPath', 'XksProxyAuthenticationCredential'];

function invalid(message: string): KmsException {
  return new KmsException('ValidationException', message);
}

function checkMembers(call: Call, input: Change, store: KeyStoreRow): void {
  const foreign: readonly (keyof Change)[] = store.type === 'AWS_CLOUDHSM' ? proxyMemberNames : clusterMembers;
  const stray = foreign.find((name) => input[name] !== undefined);
  if (stray !== undefined) throw invalid(`${stray} is not valid for a custom key store of type ${store.type}.`);
  const connected = Object.keys(input).every((name) => changeableWhenConnected.includes(name));
  checkKeyStoreState(call, store, connected ? ['CONNECTED', 'DISCONNECTED'] : ['DISCONNECTED']);
}

/** A cluster behind another store has no backup in common with this one's: AWS would not have let both have a store. */
function clusterChanges(call: Call, { CloudHsmClusterId: clusterId }: Change, store: KeyStoreRow): KeyStoreRow['details'] {
  if (clusterId === undefined) return store.details;
  const holder = keyStoresHere(call).find(({ storeId, details }) => storeId !== store.storeId && details['CloudHsmClusterId'] === clusterId);
  if (holder) {
    throw new KmsException('CloudHsmClusterNotRelatedException', `The cluster ${clusterId} is that of the custom key store ${holder.storeId}, and not related to ${store.storeId}'s.`);
  }
  return { ...store.details, CloudHsmClusterId: clusterId };
}

/** A store that leaves its VPC endpoint service forgets it; one that changes its connectivity needs a new endpoint. */
function proxyChanges(call: Call, input: Change, store: KeyStoreRow): KeyStoreRow['details'] {
  const connectivity = input.XksProxyConnectivity ?? store.details['XksProxyConnectivity'];
  if (connectivity !== store.details['XksProxyConnectivity'] && input.XksProxyUriEndpoint === undefined) {
    throw invalid('XksProxyUriEndpoint is required when XksProxyConnectivity changes.');
  }
  const { XksProxyVpcEndpointServiceName: service, XksProxyVpcEndpointServiceOwner: owner, ...kept } = store.details;
  const vpc = { ...(service === undefined ? {} : { XksProxyVpcEndpointServiceName: service }), ...(owner === undefined ? {} : { XksProxyVpcEndpointServiceOwner: owner }) };
  const details = { ...kept, ...(connectivity === 'VPC_ENDPOINT_SERVICE' ? vpc : {}), ...proxyDetails(input) };
  checkProxySettings(call, details, store.storeId);
  return details;
}

/** The store after the change, or the exception that says why it cannot be so. */
function changed(call: Call, input: Change): KeyStoreRow {
  const store = findKeyStore(call, input.CustomKeyStoreId);
  checkMembers(call, input, store);
  const details = store.type === 'AWS_CLOUDHSM' ? clusterChanges(call, input, store) : proxyChanges(call, input, store);
  const name = input.NewCustomKeyStoreName ?? store.name;
  checkKeyStoreName(call, name, store.storeId);
  const secret = input.KeyStorePassword ?? input.XksProxyAuthenticationCredential?.RawSecretAccessKey;
  const wrappedSecret = secret === undefined ? store.wrappedSecret : call.keyStoreSecrets.wrap(store.storeId, secret);
  return { ...store, name, details, wrappedSecret };
}

export const updateCustomKeyStore = freeOperation<Change>({
  name: 'UpdateCustomKeyStore',
  async run(call, input) {
    const wanted = changed(call, input);
    if (proxyMemberNames.some((name) => input[name] !== undefined)) await checkProxyAnswers(call, wanted);
    // The proxy took its time, in which another call may have changed the stores.
    call.store.keyStores.put(changed(call, input));
    return {};
  },
});
