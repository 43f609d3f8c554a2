import { ListKeysCommand, type KMSClient } from '@aws-sdk/client-kms';

/**
 * The endpoint that the client's calls really go to, whether it comes from the Region, the environment
 * (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_KMS) or a profile's `endpoint_url`. The SDK itself resolves it for a request that
 * is taken off before it is signed or sent.
 */
export async function resolveEndpoint(client: KMSClient): Promise<string> {
  const probe = new ListKeysCommand({});
  let endpoint = '';
  probe.middlewareStack.add(
    () => (args) => {
      endpoint = originOf(args.request);
      return Promise.resolve({ response: undefined, output: { $metadata: {} } });
    },
    { step: 'build', name: 'takeEndpoint' },
  );
  await client.send(probe);
  return endpoint;
}

function originOf(request: unknown): string {
  const { protocol, hostname, port } = request as { protocol: string; hostname: string; port?: number };
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
}
