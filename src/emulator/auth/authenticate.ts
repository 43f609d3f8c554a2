import { KmsException } from '../kmsException.ts';
import type { Caller } from '../pipeline/call.ts';
import { readAuthorization } from './authorizationHeader.ts';
import type { KnownCredentials } from './knownCredentials.ts';
import { type SignedRequest, verifySignature } from './verifySignature.ts';

export type SignedService = 'kms' | 'sts';

/** Who calls, and which Region the signature's scope names. */
export interface Authenticated {
  readonly caller: Caller;
  readonly region: string;
}

/**
 * Authenticates a request by its SigV4 header. The Region comes from the scope, the account from the access key.
 * Throws the exceptions of the AWS request layer.
 */
export async function authenticate(
  request: SignedRequest,
  service: SignedService,
  credentials: KnownCredentials,
): Promise<Authenticated> {
  const date = request.headers['x-amz-date'];
  const parts = readAuthorization(request.headers.authorization, typeof date === 'string' ? date : undefined);
  const token = request.headers['x-amz-security-token'];
  const known = credentials.find(parts.accessKeyId, typeof token === 'string' ? token : undefined);
  if (parts.service !== service) {
    throw new KmsException('InvalidSignatureException', `Credential should be scoped to correct service: '${service}'.`);
  }
  await verifySignature(request, parts, known.secretAccessKey, Date.now());
  return { caller: known.caller, region: parts.region };
}
