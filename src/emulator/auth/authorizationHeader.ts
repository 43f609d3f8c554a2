import { isRegionName } from '../../core/kms/arn.ts';
import { KmsException } from '../kmsException.ts';

/** A Signature Version 4 Authorization header taken apart. */
export interface SignatureParts {
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** Lower-case names. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const algorithm = 'AWS4-HMAC-SHA256';

function incomplete(message: string): KmsException {
  return new KmsException('IncompleteSignatureException', message);
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
  const fields = new Map(
    header
      .slice(algorithm.length + 1)
      .split(',')
      .map((field) => field.trim().split('=', 2) as [string, string | undefined]),
  );
  const [credential, signedHeaders, signature] = ['Credential', 'SignedHeaders', 'Signature'].map((name) => fields.get(name) ?? '');
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => (fields.get(name) ?? '') === '');
  const complaints = missing.map((name) => `Authorization header requires '${name}' parameter.`);
  if (date === undefined) complaints.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  if (complaints.length > 0) throw incomplete(complaints.join(' '));

  const scope = (credential ?? '').split('/');
  const [accessKeyId = '', day = '', region = '', service = '', terminator] = scope;
  if (scope.length !== 5 || terminator !== 'aws4_request') {
    throw incomplete("Credential must have exactly 5 slash-delimited elements and end in 'aws4_request'.");
  }
  if (!isRegionName(region)) {
    throw new KmsException('InvalidSignatureException', 'Credential should be scoped to a valid region.');
  }
  const names = (signedHeaders ?? '').split(';');
  return { accessKeyId, date: day, region, service, signedHeaders: names, signature: signature ?? '' };
}
