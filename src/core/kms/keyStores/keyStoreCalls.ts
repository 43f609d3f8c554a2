import type { CliCall } from '../cliCommand.ts';
import type { CustomKeyStore } from '../service/customKeyStores.ts';
import type { KeyStoreFieldId, KeyStoreSettings } from './keyStoreField.ts';

/** The option of each field. Secrets and certificates are read from files of the caller's own, which hold them in the CLI's form. */
const options: Readonly<Record<KeyStoreFieldId, readonly [name: string, file?: string]>> = {
  name: ['custom-key-store-name'],
  cloudHsmClusterId: ['cloud-hsm-cluster-id'],
  trustAnchorCertificate: ['trust-anchor-certificate', 'file://customerCA.crt'],
  keyStorePassword: ['key-store-password', 'file://kmsuser-password.txt'],
  xksProxyConnectivity: ['xks-proxy-connectivity'],
  xksProxyUriEndpoint: ['xks-proxy-uri-endpoint'],
  xksProxyUriPath: ['xks-proxy-uri-path'],
  xksProxyVpcEndpointServiceName: ['xks-proxy-vpc-endpoint-service-name'],
  xksProxyVpcEndpointServiceOwner: ['xks-proxy-vpc-endpoint-service-owner'],
  accessKeyId: ['xks-proxy-authentication-credential', 'file://xks-proxy-credential.json'],
  rawSecretAccessKey: ['xks-proxy-authentication-credential', 'file://xks-proxy-credential.json'],
};

function optionsOf(settings: KeyStoreSettings): CliCall['options'] {
  const named = new Map<string, string>();
  for (const [id, [name, file]] of Object.entries(options)) {
    const text = Object.entries(settings).find(([given]) => given === id)?.[1] ?? '';
    if (text !== '') named.set(name, file ?? text);
  }
  return [...named];
}

/** The CLI call that makes a store like this one. It holds no secret and no certificate, but names the files they are read from. */
export function createKeyStoreCall(region: string, type: CustomKeyStore['type'], settings: KeyStoreSettings): CliCall {
  return { command: 'create-custom-key-store', region, options: [['custom-key-store-type', type], ...optionsOf(settings)] };
}

/** The CLI call of a change, without its secrets. */
export function updateKeyStoreCall(region: string, customKeyStoreId: string, { name, ...settings }: KeyStoreSettings): CliCall {
  const renamed: CliCall['options'] = name === undefined ? [] : [['new-custom-key-store-name', name]];
  return { command: 'update-custom-key-store', region, options: [['custom-key-store-id', customKeyStoreId], ...renamed, ...optionsOf(settings)] };
}

/** The CLI call of ConnectCustomKeyStore, DisconnectCustomKeyStore or DeleteCustomKeyStore. */
export function keyStoreCall(act: 'connect' | 'disconnect' | 'delete', { region, customKeyStoreId }: Pick<CustomKeyStore, 'region' | 'customKeyStoreId'>): CliCall {
  return { command: `${act}-custom-key-store`, region, options: [['custom-key-store-id', customKeyStoreId]] };
}
