import { createHmac, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { KmsException } from '../kmsException.ts';
import type { SignatureParts, SignatureScope } from './authorizationHeader.ts';
import { canonicalRequest } from './canonicalRequest.ts';
import { checkSignatureTime } from './signatureTime.ts';
import type { SignedRequest } from './signedRequest.ts';

const contentHashHeader = 'x-amz-content-sha256';
const unsignedPayload = 'UNSIGNED-PAYLOAD';

function invalid(message: string): KmsException {
  return new KmsException('InvalidSignatureException', message);
}

/** The host must be among the signed headers, so that a request is good for this server alone. */
function checkSignedHeaders({ headers }: SignedRequest, signedHeaders: readonly string[]): void {
  if (!signedHeaders.includes('host')) {
    throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  const missing = signedHeaders.find((name) => !headers.has(name));
  if (missing !== undefined) throw invalid(`'${missing.slice(0, 64)}' is a SignedHeader but is not in the request.`);
}

/** What stands for the body in the signature. A signed content hash has to be the body's. */
function payloadOf({ headers, body }: SignedRequest, { signedHeaders }: SignatureScope): string {
  const claimed = signedHeaders.includes(contentHashHeader) ? headers.get(contentHashHeader) : undefined;
  if (claimed === unsignedPayload) return claimed;
  const digest = hash('sha256', body, 'hex');
  if (claimed !== undefined && claimed !== digest) {
    throw invalid('The value of x-amz-content-sha256 is not the SHA-256 of the request body.');
  }
  return digest;
}

/**
 * Checks a SigV4 signature by computing it again. `signingKey` is the one of the scope, `now` the machine's time in
 * epoch milliseconds. Throws InvalidSignatureException.
 */
export function verifySignature(request: SignedRequest, { scope, signature }: SignatureParts, signingKey: KeyObject, now: number): void {
  const { date, region, service, signedHeaders } = scope;
  const time = request.headers.get('x-amz-date') ?? '';
  checkSignatureTime(time, now);
  if (!time.startsWith(date)) throw invalid('Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.');
  checkSignedHeaders(request, signedHeaders);
  const canonical = hash('sha256', canonicalRequest(request, signedHeaders, payloadOf(request, scope)), 'hex');
  const text = `AWS4-HMAC-SHA256\n${time}\n${date}/${region}/${service}/aws4_request\n${canonical}`;
  const expected = createHmac('sha256', signingKey).update(text).digest('hex');
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, Buffer.from(expected))) {
    throw invalid(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
}
