import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';

/** The services by the names that their settings have in a configuration file. */
export type ServiceName = 'kms' | 'sts' | 'iam' | 'ec2' | 'accessanalyzer';

/** What the clients of KMS, STS, IAM, EC2 and IAM Access Analyzer of one connection share. */
export interface ClientConfig {
  readonly profile?: string;
  /** The emulator's endpoint, or what the user's configuration names; AWS's own where it is undefined. */
  readonly endpoints: Readonly<Record<ServiceName, string | undefined>>;
  readonly credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  readonly requestHandler: typeof timeouts;
}

/** Sockets that do not open in 5 s, and calls unanswered after 30 s, count as an unreachable endpoint. */
export const timeouts = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** The options of one service's client. */
export function clientOptions({ endpoints, ...rest }: ClientConfig, service: 'kms' | 'sts') {
  const endpoint = endpoints[service];
  return endpoint === undefined ? rest : { ...rest, endpoint };
}
