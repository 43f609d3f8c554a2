import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { KmsException } from '../kmsException.ts';
import type { SignatureParts } from './authorizationHeader.ts';
import { NodeSha256 } from './nodeSha256.ts';

/** A request as it came in, before anything is believed. */
export interface SignedRequest {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const allowedSkew = 5 * 60_000;
const contentHashHeader = 'x-amz-content-sha256';
const unsignedPayload = 'UNSIGNED-PAYLOAD';

function invalid(message: string): KmsException {
  return new KmsException('InvalidSignatureException', message);
}

function compactDate(time: number): string {
  return new Date(time).toISOString().replace(/[:-]|\.\d{3}/g, '');
}

/** Epoch milliseconds of `YYYYMMDDTHHMMSSZ`. */
function readDate(text: string): number {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  const time = match ? Date.parse(`${match.slice(1, 4).join('-')}T${match.slice(4).join(':')}Z`) : NaN;
  if (Number.isNaN(time)) throw new KmsException('IncompleteSignatureException', `Date must be in ISO-8601 'basic format'. Got '${text.slice(0, 40)}'.`);
  return time;
}

function checkTime(text: string, time: number, now: number): void {
  if (time < now - allowedSkew) {
    const limit = compactDate(now - allowedSkew);
    throw invalid(`Signature expired: ${text} is now earlier than ${limit} (${compactDate(now)} - 5 min.)`);
  }
  if (time > now + allowedSkew) {
    const limit = compactDate(now + allowedSkew);
    throw invalid(`Signature not yet current: ${text} is still later than ${limit} (${compactDate(now)} + 5 min.)`);
  }
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}

/** The headers that were signed; the host must be among them, so that a request is good for this server alone. */
function signedHeadersOf(request: SignedRequest, parts: SignatureParts): Record<string, string> {
  if (!parts.signedHeaders.includes('host')) {
    throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  const headers: Record<string, string> = {};
  for (const name of parts.signedHeaders) {
    const value = Object.hasOwn(request.headers, name) ? headerText(request.headers[name]) : undefined;
    if (value === undefined) throw invalid(`'${name.slice(0, 64)}' is a SignedHeader but is not in the request.`);
    headers[name] = value;
  }
  return headers;
}

/** A signed content hash stands for the body in the signature, so it has to be the body's. */
function checkContentHash(headers: Readonly<Record<string, string>>, body: Buffer): void {
  const claimed = headers[contentHashHeader];
  if (claimed !== undefined && claimed !== unsignedPayload && claimed !== hash('sha256', body, 'hex')) {
    throw invalid('The value of x-amz-content-sha256 is not the SHA-256 of the request body.');
  }
}

/**
 * Checks a SigV4 signature by signing the request again with `secretAccessKey`. `now` is the machine's time in epoch
 * milliseconds. Throws InvalidSignatureException.
 */
export async function verifySignature(
  request: SignedRequest,
  parts: SignatureParts,
  secretAccessKey: string,
  now: number,
): Promise<void> {
  const dateText = headerText(request.headers['x-amz-date']) ?? '';
  const time = readDate(dateText);
  checkTime(dateText, time, now);
  if (!dateText.startsWith(parts.date)) throw invalid('Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.');
  const headers = signedHeadersOf(request, parts);
  checkContentHash(headers, request.body);
  const { region, service, accessKeyId } = parts;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region,
    service,
    sha256: NodeSha256,
    applyChecksum: false,
  });
  const signed = await signer.sign(
    { method: request.method, protocol: 'http:', hostname: 'localhost', path: request.path, query: { ...request.query }, headers, body: request.body },
    { signingDate: new Date(time), signableHeaders: new Set(parts.signedHeaders) },
  );
  const expected = /Signature=([0-9a-f]{64})$/.exec(signed.headers['authorization'] ?? '')?.[1] ?? '';
  const given = Buffer.from(parts.signature);
  if (given.length !== expected.length || !timingSafeEqual(given, Buffer.from(expected))) {
    throw invalid(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
}
