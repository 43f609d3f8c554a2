import type { CustomKeyStoresListEntry, DescribeCustomKeyStoresRequest, XksProxyConfigurationType } from '@aws-sdk/client-kms';
import { KmsException } from '../../kmsException.ts';
import type { Call } from '../../pipeline/call.ts';
import { type Page, takePage } from '../../pipeline/marker.ts';
import { freeOperation, type Validated } from '../../pipeline/operation.ts';
import type { KeyStoreRow } from '../../store/tables/keyStoreTable.ts';
import { findKeyStore } from './findKeyStore.ts';

const defaultPage = 100;

/** The members of an entry as they go on the wire; the SDK's enumerations are texts there. */
type Entry = { readonly [Name in keyof CustomKeyStoresListEntry]: unknown };

function proxyConfiguration({ details }: KeyStoreRow): { readonly [Name in keyof XksProxyConfigurationType]: unknown } {
  return {
    Connectivity: details['XksProxyConnectivity'],
    AccessKeyId: details['AccessKeyId'],
    UriEndpoint: details['XksProxyUriEndpoint'],
    UriPath: details['XksProxyUriPath'],
    VpcEndpointServiceName: details['XksProxyVpcEndpointServiceName'],
    VpcEndpointServiceOwner: details['XksProxyVpcEndpointServiceOwner'],
  };
}

/** A store as AWS tells of it (https://docs.aws.amazon.com/kms/latest/APIReference/API_CustomKeyStoresListEntry.html). */
function toEntry(store: KeyStoreRow): Entry {
  const { storeId, name, type, state, createdAt, connectionError, details } = store;
  const own =
    type === 'AWS_CLOUDHSM'
      ? { CloudHsmClusterId: details['CloudHsmClusterId'], TrustAnchorCertificate: details['TrustAnchorCertificate'] }
      : { XksProxyConfiguration: proxyConfiguration(store) };
  return {
    CustomKeyStoreId: storeId,
    CustomKeyStoreName: name,
    ...own,
    ConnectionState: state,
    ...(state === 'FAILED' ? { ConnectionErrorCode: connectionError } : {}),
    CreationDate: new Date(createdAt),
    CustomKeyStoreType: type,
  };
}

function findByName(call: Call, name: string): KeyStoreRow {
  const found = call.store.keyStores.findByName(call.caller.accountId, call.region, name);
  if (found) return found;
  throw new KmsException('CustomKeyStoreNotFoundException', `The custom key store with the name ${name} is not found.`);
}

function pageOf(call: Call, input: Validated<DescribeCustomKeyStoresRequest>): Page<KeyStoreRow> {
  const { CustomKeyStoreId: storeId, CustomKeyStoreName: name } = input;
  if (storeId !== undefined && name !== undefined) {
    throw new KmsException('ValidationException', 'Specify either CustomKeyStoreId or CustomKeyStoreName, and not both.');
  }
  if (storeId !== undefined) return { rows: [findKeyStore(call, storeId)], Truncated: false };
  if (name !== undefined) return { rows: [findByName(call, name)], Truncated: false };
  const { accountId } = call.caller;
  return takePage({
    markers: call.markers,
    list: ['DescribeCustomKeyStores', accountId, call.region],
    marker: input.Marker,
    limit: input.Limit ?? defaultPage,
    fetch: (after, limit) => call.store.keyStores.list(accountId, call.region, after, limit),
    nameOf: (row) => row.storeId,
  });
}

export const describeCustomKeyStores = freeOperation<Validated<DescribeCustomKeyStoresRequest>>({
  name: 'DescribeCustomKeyStores',
  run(call, input) {
    const { rows, ...rest } = pageOf(call, input);
    return { CustomKeyStores: rows.map(toEntry), ...rest };
  },
});
