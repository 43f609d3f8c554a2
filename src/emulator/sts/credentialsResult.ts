import type { TemporaryCredentials } from '../auth/sessionTokens.ts';
import type { Result } from './queryProtocol.ts';

/** Credentials as STS answers them (https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html). */
export function credentialsResult({ accessKeyId, secretAccessKey, sessionToken }: TemporaryCredentials, expiresAt: number): Result {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: new Date(Math.floor(expiresAt / 1000) * 1000).toISOString().replace('.000Z', 'Z'),
  };
}
