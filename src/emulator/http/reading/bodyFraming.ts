import { MalformedRequest } from './malformedRequest.ts';
import type { RequestHead } from './requestHead.ts';

/** How long the body is: a number of bytes, or told chunk by chunk. */
export type BodyFraming = number | 'chunked';

/**
 * Where the body of a request ends (RFC 9112, section 6). Throws MalformedRequest where two readers could disagree: two
 * lengths, a length that is no number, a coding besides a length.
 */
export function framingOf({ headers, version }: Pick<RequestHead, 'headers' | 'version'>): BodyFraming {
  const length = headers.get('content-length');
  const coding = headers.get('transfer-encoding');
  if (coding === undefined) {
    if (length === undefined) return 0;
    if (!/^\d{1,15}$/.test(length)) throw new MalformedRequest(400, 'The Content-Length is not a number of bytes.');
    return Number(length);
  }
  if (length !== undefined) throw new MalformedRequest(400, 'There is a Content-Length beside a Transfer-Encoding.');
  if (version === '1.0') throw new MalformedRequest(400, 'HTTP/1.0 has no Transfer-Encoding.');
  if (coding.toLowerCase() !== 'chunked') throw new MalformedRequest(501, 'The only transfer coding that is read here is chunked.');
  return 'chunked';
}
