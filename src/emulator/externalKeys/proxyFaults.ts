import type { ConnectionErrorCodeType } from '@aws-sdk/client-kms';
import type { ExceptionName } from '../kmsException.ts';

/** What can go wrong with a proxy: the errors that it names itself, and those that are seen from outside. */
export type ProxyFault =
  | 'AccessDeniedException'
  | 'AuthenticationFailedException'
  | 'DependencyTimeoutException'
  | 'InternalException'
  | 'InvalidCiphertextException'
  | 'InvalidKeyUsageException'
  | 'InvalidStateException'
  | 'InvalidUriPathException'
  | 'KeyNotFoundException'
  | 'ThrottlingException'
  | 'UnsupportedOperationException'
  | 'ValidationException'
  | 'malformed'
  | 'noConnection'
  | 'noTls'
  | 'timeout'
  | 'unavailable';

/** How AWS KMS passes a fault on. Cryptographic operations always answer with KMSInvalidStateException. */
export interface ProxyFaultRow {
  readonly message: string;
  /** The answer of CreateCustomKeyStore and UpdateCustomKeyStore. */
  readonly store: ExceptionName;
  /** The answer of CreateKey. */
  readonly key: ExceptionName;
  /** What DescribeCustomKeyStores tells after a ConnectCustomKeyStore that met the fault. */
  readonly connection: ConnectionErrorCodeType;
}

const uninterpretable =
  'AWS KMS cannot interpret the response from the external key store proxy. If you see this error repeatedly, report it to your external key store proxy administrator.';
const storeState: ExceptionName = 'CustomKeyStoreInvalidStateException';

/** From the table under "Error codes" in the AWS KMS External Keystore Proxy API Specification. */
export const proxyFaults: Readonly<Record<ProxyFault, ProxyFaultRow>> = {
  AccessDeniedException: {
    message: 'The external key store proxy denied access to the operation. Verify that the user and the external key are both authorized for this operation, and try the request again.',
    store: 'XksProxyInvalidConfigurationException',
    key: 'KMSInvalidStateException',
    connection: 'XKS_PROXY_ACCESS_DENIED',
  },
  AuthenticationFailedException: {
    message: 'The external key store proxy rejected the request because it could not authenticate AWS KMS. Verify the XKS proxy authentication credentials for your external key store and update if necessary.',
    store: 'XksProxyIncorrectAuthenticationCredentialException',
    key: storeState,
    connection: 'INVALID_CREDENTIALS',
  },
  DependencyTimeoutException: {
    message: 'The external key store proxy did not respond to the request in the time allotted. Retry the request. If you see this error repeatedly, report it to your external key store proxy administrator.',
    store: 'XksProxyUriUnreachableException',
    key: storeState,
    connection: 'XKS_PROXY_TIMED_OUT',
  },
  InternalException: {
    message: 'The external key store proxy rejected the request because it cannot communicate with the external key manager. Verify that the external key store proxy configuration is correct and that the external key manager is available.',
    store: 'XksProxyInvalidResponseException',
    key: storeState,
    connection: 'XKS_PROXY_INVALID_RESPONSE',
  },
  InvalidCiphertextException: {
    message: 'The external key store proxy rejected the request because the specified ciphertext or encryption context is corrupted, missing, or otherwise invalid.',
    store: 'XksProxyInvalidResponseException',
    key: storeState,
    connection: 'XKS_PROXY_INVALID_RESPONSE',
  },
  InvalidKeyUsageException: {
    message: 'The external key associated with this KMS key in an external key store does not support the requested operation. Enable the operation on the key in your external key manager, and try the request again.',
    store: 'XksProxyInvalidResponseException',
    key: 'XksKeyInvalidConfigurationException',
    connection: 'XKS_PROXY_INVALID_RESPONSE',
  },
  InvalidStateException: {
    message: 'The external key associated with this KMS key in an external key store is not enabled in the external key manager. Enable the external key in the external key manager and retry the request.',
    store: 'XksProxyInvalidConfigurationException',
    key: 'XksKeyInvalidConfigurationException',
    connection: 'XKS_PROXY_INVALID_CONFIGURATION',
  },
  InvalidUriPathException: {
    message: 'The external key store proxy rejected the request because of an invalid URI path. Verify the URI path for your external key store and update if necessary.',
    store: 'XksProxyInvalidConfigurationException',
    key: storeState,
    connection: 'XKS_PROXY_INVALID_CONFIGURATION',
  },
  KeyNotFoundException: {
    message: 'The external key associated with this KMS key in an external key store was not found in its external key manager. If the external key ID associated with this KMS key is incorrect, create a new KMS key with the correct external key ID.',
    store: 'XksProxyInvalidResponseException',
    key: 'XksKeyNotFoundException',
    connection: 'XKS_PROXY_INVALID_RESPONSE',
  },
  ThrottlingException: {
    message: 'The external key store proxy rejected the request due to a very high request rate. Reduce the frequency of your calls using KMS keys in this external key store.',
    store: 'XksProxyUriUnreachableException',
    key: storeState,
    connection: 'XKS_PROXY_NOT_REACHABLE',
  },
  UnsupportedOperationException: {
    message: 'The external key store proxy rejected the request because it does not support the requested operation. If you see this error repeatedly, report it to your external key store proxy administrator.',
    store: 'XksProxyInvalidResponseException',
    key: 'XksKeyInvalidConfigurationException',
    connection: 'XKS_PROXY_INVALID_RESPONSE',
  },
  ValidationException: { message: uninterpretable, store: 'XksProxyInvalidResponseException', key: storeState, connection: 'XKS_PROXY_INVALID_RESPONSE' },
  malformed: { message: uninterpretable, store: 'XksProxyInvalidResponseException', key: storeState, connection: 'XKS_PROXY_INVALID_RESPONSE' },
  noConnection: {
    message: 'AWS KMS cannot communicate with the external key store proxy. This might be a transient network issue. If you see this error repeatedly, verify that your external key store proxy is active and is connected to the network, and that its endpoint URI is correct in your external key store.',
    store: 'XksProxyUriUnreachableException',
    key: storeState,
    connection: 'XKS_PROXY_NOT_REACHABLE',
  },
  noTls: {
    message: 'AWS KMS cannot establish a TLS connection to the external key store proxy. Verify the TLS configuration, including its certificate.',
    store: 'XksProxyUriUnreachableException',
    key: storeState,
    connection: 'XKS_PROXY_INVALID_TLS_CONFIGURATION',
  },
  timeout: {
    message: 'AWS KMS rejected the request because the external key store proxy did not respond in time. Retry the request. If you see this error repeatedly, report it to your external key store proxy administrator.',
    store: 'XksProxyUriUnreachableException',
    key: storeState,
    connection: 'XKS_PROXY_TIMED_OUT',
  },
  unavailable: {
    message: 'The external key store proxy reports that all of its external key managers are unavailable. Verify that the external key manager is available, and try the request again.',
    store: 'XksProxyUriUnreachableException',
    key: storeState,
    connection: 'XKS_PROXY_NOT_REACHABLE',
  },
};

/** The name that a proxy gives its error, if it is one of the specification. */
export function proxyErrorName(name: unknown): ProxyFault | undefined {
  return typeof name === 'string' && /^[A-Z]\w+Exception$/.test(name) && isFault(name) ? name : undefined;
}

function isFault(name: string): name is ProxyFault {
  return Object.hasOwn(proxyFaults, name);
}

/** A call to a proxy that did not do what it was to do. */
export class ProxyFailure extends Error {
  readonly fault: ProxyFault;

  constructor(fault: ProxyFault) {
    super(proxyFaults[fault].message);
    this.name = 'ProxyFailure';
    this.fault = fault;
  }
}
