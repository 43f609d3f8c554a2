import { isRegionName } from '../../core/kms/arn.ts';
import { KmsException } from '../kmsException.ts';

/** What a Signature Version 4 Authorization header says of how it was signed. */
export interface SignatureScope {
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** The names as they go into the canonical request: each once, in order. */
  readonly signedHeaders: readonly string[];
}

/** A Signature Version 4 Authorization header taken apart. */
export interface SignatureParts {
  readonly scope: SignatureScope;
  readonly signature: string;
}

const algorithm = 'AWS4-HMAC-SHA256';
const signatureLength = 64;
const mostKept = 256;

function incomplete(message: string): KmsException {
  return new KmsException('IncompleteSignatureException', message);
}

function fieldsOf(header: string): ReadonlyMap<string, string> {
  const fields = header.slice(algorithm.length + 1).split(',').map((field) => field.trim().split('=', 2));
  return new Map(fields.map(([name = '', value = '']) => [name, value]));
}

function readScope(credential: string, signedHeaders: string): SignatureScope {
  const elements = credential.split('/');
  const [accessKeyId = '', date = '', region = '', service = '', terminator] = elements;
  if (elements.length !== 5 || terminator !== 'aws4_request') {
    throw incomplete("Credential must have exactly 5 slash-delimited elements and end in 'aws4_request'.");
  }
  if (!isRegionName(region)) {
    throw new KmsException('InvalidSignatureException', 'Credential should be scoped to a valid region.');
  }
  return { accessKeyId, date, region, service, signedHeaders: [...new Set(signedHeaders.split(';'))].sort() };
}

/**
 * Reads an Authorization header (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html).
 * Throws MissingAuthenticationTokenException without one, and IncompleteSignatureException naming what it lacks.
 */
export function readAuthorization(header: string | undefined, date: string | undefined): SignatureParts {
  if (header === undefined || header === '') {
    throw new KmsException('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  if (!header.startsWith(`${algorithm} `)) {
    throw incomplete(`Authorization header requires the algorithm '${algorithm}'.`);
  }
  const fields = fieldsOf(header);
  const valueOf = (name: string): string => fields.get(name) ?? '';
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => valueOf(name) === '');
  const complaints = missing.map((name) => `Authorization header requires '${name}' parameter.`);
  if (date === undefined) complaints.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  if (complaints.length > 0) throw incomplete(complaints.join(' '));
  return { scope: readScope(valueOf('Credential'), valueOf('SignedHeaders')), signature: valueOf('Signature') };
}

/**
 * A `readAuthorization` that keeps what it has read. All but the signature at the end of a client's header is the same
 * for a day, so it is taken apart once.
 */
export function authorizationReader(): typeof readAuthorization {
  const kept = new Map<string, SignatureScope>();
  return (header, date) => {
    const start = header?.slice(0, -signatureLength) ?? '';
    const known = date === undefined ? undefined : kept.get(start);
    if (known && header !== undefined) return { scope: known, signature: header.slice(-signatureLength) };
    const parts = readAuthorization(header, date);
    if (kept.size >= mostKept) kept.clear();
    if (parts.signature.length === signatureLength && start.endsWith('Signature=')) kept.set(start, parts.scope);
    return parts;
  };
}
