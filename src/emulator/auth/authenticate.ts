import { KmsException } from '../kmsException.ts';
import type { Caller } from '../pipeline/call.ts';
import { authorizationReader } from './authorizationHeader.ts';
import type { KnownCredentials } from './knownCredentials.ts';
import type { SignedRequest } from './signedRequest.ts';
import { verifySignature } from './verifySignature.ts';

export type SignedService = 'kms' | 'sts' | 'iam';

/** Who calls, and which Region the signature's scope names. */
export interface Authenticated {
  readonly caller: Caller;
  readonly region: string;
}

/**
 * Authenticates a request by its SigV4 header. The Region comes from the scope, the account from the access key.
 * Throws the exceptions of the AWS request layer.
 */
export type Authenticate = (request: SignedRequest, service: SignedService) => Authenticated;

export function authenticator(credentials: KnownCredentials): Authenticate {
  const read = authorizationReader();
  return (request, service) => {
    const { headers } = request;
    const parts = read(headers.get('authorization'), headers.get('x-amz-date'));
    const { scope } = parts;
    const known = credentials.find(scope.accessKeyId, headers.get('x-amz-security-token'));
    if (scope.service !== service) {
      throw new KmsException('InvalidSignatureException', `Credential should be scoped to correct service: '${service}'.`);
    }
    verifySignature(request, parts, known.signingKey(scope), Date.now());
    return { caller: known.caller, region: scope.region };
  };
}
