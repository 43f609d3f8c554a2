import type { CustomKeyStore } from '../service/customKeyStores.ts';

/** What a custom key store is made of, one text for each. Lists of them survive JSON, though nothing keeps the secrets. */
export type KeyStoreFieldId =
  | 'name'
  | 'cloudHsmClusterId'
  | 'trustAnchorCertificate'
  | 'keyStorePassword'
  | 'xksProxyConnectivity'
  | 'xksProxyUriEndpoint'
  | 'xksProxyUriPath'
  | 'xksProxyVpcEndpointServiceName'
  | 'xksProxyVpcEndpointServiceOwner'
  | 'accessKeyId'
  | 'rawSecretAccessKey';

/** The fields that are given; an empty text of an optional field counts as not given. */
export type KeyStoreSettings = Readonly<Partial<Record<KeyStoreFieldId, string>>>;

/** A field as people are asked for it. */
export interface KeyStoreField {
  readonly label: string;
  /** What it is and where it comes from, as AWS documents it. */
  readonly prompt: string;
  readonly placeHolder?: string;
  /** What stands in the field at first. */
  readonly initial?: string;
  /** How it is asked for; `secret` is never shown, logged or kept. */
  readonly kind: 'text' | 'secret' | 'file' | 'connectivity';
  readonly optional?: boolean;
  /** Why KMS would refuse the text; undefined when it can be sent. `region` is that of the store. */
  readonly problemOf: (text: string, region: string) => string | undefined;
}

const unless = (pattern: RegExp, sentence: string) => (text: string): string | undefined => (pattern.test(text) ? undefined : sentence);

/**
 * The fields with their limits (https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateCustomKeyStore.html and
 * API_XksProxyAuthenticationCredentialType.html).
 */
export const keyStoreFields: Readonly<Record<KeyStoreFieldId, KeyStoreField>> = {
  name: {
    kind: 'text',
    label: 'Name',
    prompt: 'A name for the key store, unique in the account and Region. It is not secret: it is shown in CloudTrail logs.',
    problemOf: unless(/^(?=.*\S).{1,256}$/, 'A name has 1 to 256 characters.'),
  },
  cloudHsmClusterId: {
    kind: 'text',
    label: 'CloudHSM cluster id',
    prompt: 'The id of an active CloudHSM cluster that no other key store uses, with two active HSMs in different Availability Zones.',
    placeHolder: 'cluster-1a23b4cdefg',
    problemOf: unless(/^cluster-[2-7a-zA-Z]{11,16}$/, 'A cluster id is cluster- and 11 to 16 letters and digits from 2 to 7.'),
  },
  trustAnchorCertificate: {
    kind: 'file',
    label: 'Trust anchor certificate',
    prompt: 'The file customerCA.crt, which was made when the cluster was initialised.',
    problemOf: certificateProblem,
  },
  keyStorePassword: {
    kind: 'secret',
    label: 'Password of the kmsuser',
    prompt: 'The password that the crypto user kmsuser has in the cluster now. KMS logs in with it; this does not change it in the cluster.',
    problemOf: unless(/^.{7,32}$/, 'The password of the kmsuser has 7 to 32 characters.'),
  },
  xksProxyConnectivity: {
    kind: 'connectivity',
    label: 'Proxy connectivity',
    prompt: 'How KMS reaches the external key store proxy.',
    problemOf: unless(/^(PUBLIC_ENDPOINT|VPC_ENDPOINT_SERVICE)$/, 'A proxy is reached through a public endpoint or a VPC endpoint service.'),
  },
  xksProxyUriEndpoint: {
    kind: 'text',
    label: 'Proxy URI endpoint',
    prompt: 'Where the proxy is: https:// and its host name, without port or path. For a VPC endpoint service, its private DNS name. A public endpoint has to be reachable now.',
    placeHolder: 'https://xks.example.com',
    problemOf: endpointProblem,
  },
  xksProxyUriPath: {
    kind: 'text',
    label: 'Proxy URI path',
    prompt: 'The path to the API of the proxy, from its documentation. It ends in /kms/xks/v1, the version of the API.',
    placeHolder: '/example/kms/xks/v1',
    initial: '/kms/xks/v1',
    problemOf: unless(/^(?=.{10,128}$)(\/[a-zA-Z0-9/_-]+)?\/kms\/xks\/v1$/, 'The path begins with / and ends in /kms/xks/v1. Before that it has letters, digits and / _ - alone, 128 characters in all.'),
  },
  xksProxyVpcEndpointServiceName: {
    kind: 'text',
    label: 'VPC endpoint service',
    prompt: 'The name of the VPC endpoint service that leads to the proxy. No other key store may use it.',
    placeHolder: 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0',
    problemOf: serviceProblem,
  },
  xksProxyVpcEndpointServiceOwner: {
    kind: 'text',
    label: 'Owner of the VPC endpoint service',
    prompt: 'The account that owns the VPC endpoint service, by its twelve digits. Leave it empty when it is this account.',
    placeHolder: '111122223333',
    optional: true,
    problemOf: unless(/^\d{12}$/, 'An account is named by its twelve digits.'),
  },
  accessKeyId: {
    kind: 'text',
    label: 'Access key id of the proxy',
    prompt: 'The access key id that was set up on the proxy for KMS. It has nothing to do with AWS credentials.',
    problemOf: unless(/^[A-Z2-7]{20,30}$/, 'An access key id of a proxy has 20 to 30 capital letters and digits from 2 to 7.'),
  },
  rawSecretAccessKey: {
    kind: 'secret',
    label: 'Secret access key of the proxy',
    prompt: 'The secret access key that goes with the access key id on the proxy. KMS signs its requests with it; nothing here keeps it.',
    problemOf: unless(/^[a-zA-Z0-9/+=]{43,64}$/, 'A secret access key of a proxy has 43 to 64 letters, digits and / + = characters.'),
  },
};

/** A proxy on this machine is for the local emulator alone; AWS KMS says so itself. */
function endpointProblem(text: string): string | undefined {
  if (text.length > 128 || text.length < 10) return 'An endpoint has 10 to 128 characters.';
  if (/^https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(text)) return undefined;
  if (!text.startsWith('https://')) return 'An endpoint begins with https://.';
  if (/^https:\/\/[^/:]+:\d+$/.test(text)) return 'Leave the port out: KMS always uses 443.';
  return /^https:\/\/[a-zA-Z0-9.-]+$/.test(text) ? undefined : 'Behind https:// an endpoint has letters, digits, dots and hyphens alone. The path is asked for next.';
}

function serviceProblem(text: string, region: string): string | undefined {
  if (!/^(?=.{20,64}$)com\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$/.test(text)) {
    return 'The name of a VPC endpoint service is com.amazonaws.vpce., the Region, and .vpce-svc- with its id.';
  }
  return text.startsWith(`com.amazonaws.vpce.${region}.`) ? undefined : `The VPC endpoint service has to be in ${region}, as the key store is.`;
}

function certificateProblem(text: string): string | undefined {
  if (text.length > 5000) return 'A trust anchor certificate has at most 5000 characters. Choose the file customerCA.crt of the cluster.';
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return 'This file holds a private key, which must not leave its place. Choose the certificate, customerCA.crt.';
  const certificate = /^\s*-----BEGIN CERTIFICATE-----[\w+/=\s]+-----END CERTIFICATE-----\s*$/;
  return certificate.test(text) ? undefined : 'This is no certificate in PEM. Choose the file customerCA.crt of the cluster.';
}

/** The fields of a new store of a type, in the order in which they are asked for; a choice in `settings` may add some. */
export function fieldsOfStore(type: CustomKeyStore['type'], { xksProxyConnectivity }: KeyStoreSettings): readonly KeyStoreFieldId[] {
  if (type === 'AWS_CLOUDHSM') return ['name', 'cloudHsmClusterId', 'trustAnchorCertificate', 'keyStorePassword'];
  return ['name', 'xksProxyConnectivity', ...addressFields(xksProxyConnectivity), 'xksProxyUriPath', 'accessKeyId', 'rawSecretAccessKey'];
}

/** Where a proxy is, by how it is reached. */
export function addressFields(connectivity: string | undefined): readonly KeyStoreFieldId[] {
  return ['xksProxyUriEndpoint', ...(connectivity === 'VPC_ENDPOINT_SERVICE' ? (['xksProxyVpcEndpointServiceName', 'xksProxyVpcEndpointServiceOwner'] as const) : [])];
}

/** Why a text cannot be taken for a field; undefined when it can. */
export function fieldProblem(id: KeyStoreFieldId, text: string, region: string): string | undefined {
  const { optional = false, problemOf } = keyStoreFields[id];
  return optional && text === '' ? undefined : problemOf(text, region);
}

/** The fields whose texts are secret. */
export const secretFields: readonly string[] = Object.entries(keyStoreFields).flatMap(([id, { kind }]) => (kind === 'secret' ? [id] : []));

/** The secrets among the settings, to be kept out of messages. */
export function secretsOf(settings: KeyStoreSettings): readonly string[] {
  return Object.entries(settings).flatMap(([id, text]) => (secretFields.includes(id) && text !== '' ? [text] : []));
}
