/**
 * What to do about refusals that KMS words for a programmer or not at all, by exception
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateCustomKeyStore.html and its neighbours). Each begins
 * with what is wrong; KMS's own words follow behind it.
 */
const words: Readonly<Record<string, string>> = {
  CloudHsmClusterInUseException: 'The CloudHSM cluster belongs to another key store already. Choose a cluster with no backup in common with it',
  CloudHsmClusterInvalidConfigurationException:
    'The CloudHSM cluster is not set up for a key store: it needs private subnets in two Availability Zones, its own security group unchanged, and two active HSMs, one to connect',
  CloudHsmClusterNotActiveException: 'The CloudHSM cluster is not active. Initialise and activate it, then try again',
  CloudHsmClusterNotFoundException: 'There is no CloudHSM cluster with this id in the Region. Compare the id with the CloudHSM console',
  CloudHsmClusterNotRelatedException: 'The CloudHSM cluster has another certificate than the former one. Choose a cluster that was made from one of its backups',
  ConflictException: 'Another change of the same key is under way. Wait until it is done, then try again',
  CustomKeyStoreHasCMKsException: 'The key store still has keys. Schedule their deletion and delete the store when they are gone; keys that wait for their deletion still count',
  CustomKeyStoreInvalidStateException: 'The connection state of the key store does not allow this. Connect or disconnect it first',
  CustomKeyStoreNameInUseException: 'Another key store has this name already. Choose another one',
  CustomKeyStoreNotFoundException: 'There is no such key store in the Region. It may have been deleted elsewhere: refresh the keys',
  IncorrectTrustAnchorException: 'The certificate is not that of the cluster. Choose the file customerCA.crt that was made when the cluster was initialised',
  XksKeyAlreadyInUseException: 'A KMS key of this store uses the external key already. Choose another external key',
  XksKeyInvalidConfigurationException: 'The external key cannot be a KMS key. It has to be an enabled AES-256 key for encryption and decryption',
  XksKeyNotFoundException: 'The proxy does not find the external key. Compare its id with the external key manager',
  XksProxyIncorrectAuthenticationCredentialException: 'The proxy does not accept the credential. Enter the access key id and the secret access key that are set up on it now',
  XksProxyInvalidConfigurationException: 'The proxy is set up in a way that KMS cannot use. Check its URI path and its settings',
  XksProxyInvalidResponseException: 'KMS cannot interpret what the proxy answers. Ask the vendor of the proxy',
  XksProxyUriEndpointInUseException: 'Another key store uses the URI endpoint with another connectivity. Choose another endpoint',
  XksProxyUriInUseException: 'Another key store uses the URI endpoint with this path already. Choose another path or endpoint',
  XksProxyUriUnreachableException: 'KMS cannot reach the proxy. Check its endpoint, its certificate and whether it is running',
  XksProxyVpcEndpointServiceInUseException: 'Another key store uses the VPC endpoint service already. Each needs one of its own',
  XksProxyVpcEndpointServiceInvalidConfigurationException:
    'The VPC endpoint service does not meet what KMS requires. Check its network load balancer, its verified private DNS name, and that it has two Availability Zones and supports IPv4',
  XksProxyVpcEndpointServiceNotFoundException: 'KMS does not find the VPC endpoint service. Check its name and its Region, and that the AWS KMS service principal of the Region is among its allowed principals',
};

/** What a refusal means and what to do about it, as a sentence without its full stop; undefined for one without words here. */
export function refusalWords(exception: string): string | undefined {
  return Object.hasOwn(words, exception) ? words[exception] : undefined;
}

/** The exceptions that have words. */
export const explainedRefusals: readonly string[] = Object.keys(words);
