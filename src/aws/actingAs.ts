import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { ClientConfig } from './clientConfig.ts';

/** What AWS CloudTrail shows of a session that assumed a role. */
const sessionName = 'kms-explorer';

/** The configuration with the credentials of a role, which STS AssumeRole gives for those that `config` has. */
export function withRole(config: ClientConfig, roleArn: string, region: string): ClientConfig {
  const { credentials: masterCredentials, endpoints, requestHandler } = config;
  const clientConfig = { region, requestHandler, ...(endpoints.sts === undefined ? {} : { endpoint: endpoints.sts }) };
  const credentials = fromTemporaryCredentials({ masterCredentials, params: { RoleArn: roleArn, RoleSessionName: sessionName }, clientConfig });
  return { credentials, endpoints, requestHandler };
}
