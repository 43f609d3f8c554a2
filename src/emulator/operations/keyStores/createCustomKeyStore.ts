import { X509Certificate } from 'node:crypto';
import type { CreateCustomKeyStoreRequest } from '@aws-sdk/client-kms';
import { KmsException } from '../../kmsException.ts';
import type { Call } from '../../pipeline/call.ts';
import { freeOperation, type Validated } from '../../pipeline/operation.ts';
import type { KeyStoreRow } from '../../store/tables/keyStoreTable.ts';
import { checkKeyStoreName, keyStoresHere } from './findKeyStore.ts';
import { newKeyStoreId } from './newKeyStoreId.ts';
import { checkProxyAnswers, checkProxySettings, proxyDetails, proxyMemberNames } from './proxySettings.ts';

type NewStore = Validated<CreateCustomKeyStoreRequest, 'CustomKeyStoreName'>;
type Settings = Pick<KeyStoreRow, 'details'> & { readonly secret: string };

/** https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const mostStores = 10;

const clusterMembers = ['CloudHsmClusterId', 'TrustAnchorCertificate', 'KeyStorePassword'] as const satisfies readonly (keyof NewStore)[];
const requiredProxyMembers = [
  'XksProxyUriEndpoint',
  'XksProxyUriPath',
  'XksProxyAuthenticationCredential',
  'XksProxyConnectivity',
] as const satisfies readonly (keyof NewStore)[];

function invalid(message: string): KmsException {
  return new KmsException('ValidationException', message);
}

/** Throws ValidationException for members of the other type of store, and for the want of this one's own. */
function checkMembers(input: NewStore, type: string, required: readonly (keyof NewStore)[], foreign: readonly (keyof NewStore)[]): void {
  const stray = foreign.find((name) => input[name] !== undefined);
  if (stray !== undefined) throw invalid(`${stray} is not valid for a custom key store of type ${type}.`);
  const missing = required.find((name) => input[name] === undefined);
  if (missing !== undefined) throw invalid(`${missing} is required for a custom key store of type ${type}.`);
}

/** The emulator has no clusters to compare with; what is no certificate at all is the trust anchor of none. */
function checkTrustAnchor(certificate: string): void {
  try {
    new X509Certificate(certificate);
  } catch {
    throw new KmsException('IncorrectTrustAnchorException', 'TrustAnchorCertificate is not the certificate of a cluster: it is no X.509 certificate in PEM.');
  }
}

function clusterSettings(call: Call, input: NewStore): Settings {
  checkMembers(input, 'AWS_CLOUDHSM', clusterMembers, proxyMemberNames);
  const { CloudHsmClusterId: clusterId = '', TrustAnchorCertificate: certificate = '', KeyStorePassword: secret = '' } = input;
  checkTrustAnchor(certificate);
  const holder = keyStoresHere(call).find(({ details }) => details['CloudHsmClusterId'] === clusterId);
  if (holder) throw new KmsException('CloudHsmClusterInUseException', `The cluster ${clusterId} is in use by the custom key store ${holder.storeId}.`);
  return { details: { CloudHsmClusterId: clusterId, TrustAnchorCertificate: certificate }, secret };
}

function proxySettings(call: Call, input: NewStore): Settings {
  checkMembers(input, 'EXTERNAL_KEY_STORE', requiredProxyMembers, clusterMembers);
  const details = proxyDetails(input);
  checkProxySettings(call, details);
  return { details, secret: input.XksProxyAuthenticationCredential?.RawSecretAccessKey ?? '' };
}

/** The store that the request asks for, or the exception that says why there cannot be one. */
function newStore(call: Call, input: NewStore): KeyStoreRow {
  const { CustomKeyStoreName: name, CustomKeyStoreType: type = 'AWS_CLOUDHSM' } = input;
  const { accountId } = call.caller;
  const { details, secret } = type === 'AWS_CLOUDHSM' ? clusterSettings(call, input) : proxySettings(call, input);
  checkKeyStoreName(call, name);
  if (keyStoresHere(call).length >= mostStores) {
    throw new KmsException('LimitExceededException', `The account has ${mostStores} custom key stores in ${call.region}, the most it may have.`);
  }
  const storeId = newKeyStoreId();
  return {
    storeId,
    accountId,
    region: call.region,
    name,
    type,
    state: 'DISCONNECTED',
    stateUntil: undefined,
    connectionError: undefined,
    connectFails: undefined,
    createdAt: call.now,
    details,
    wrappedSecret: call.keyStoreSecrets.wrap(storeId, secret),
  };
}

export const createCustomKeyStore = freeOperation<NewStore>({
  name: 'CreateCustomKeyStore',
  async run(call, input) {
    await checkProxyAnswers(call, newStore(call, input));
    // The proxy took its time, in which another call may have taken the name or the address.
    const store = newStore(call, input);
    call.store.keyStores.put(store);
    return { CustomKeyStoreId: store.storeId };
  },
});
