import type { SignedRequest } from './signedRequest.ts';

/**
 * The canonical request of Signature Version 4
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html), for services other than S3.
 */

/** Percent-encodes all but the unreserved characters of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The path without empty and dot segments (RFC 3986, section 5.2.4), each segment encoded once more than it was sent. */
function canonicalPath(path: string): string {
  if (path === '/') return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encode(segment));
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.join('/')}${end}`;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return [...new URLSearchParams(query)]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, first], [b, second]) => order(a, b) || order(first, second))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function canonicalValue(value: string): string {
  return /\s\s|[^\S ]/.test(value) ? value.trim().replace(/\s+/g, ' ') : value.trim();
}

/** `signedHeaders` are names of headers that the request has, in order. `payload` is the hash of the body in hexadecimal, or what stands for it. */
export function canonicalRequest(request: Omit<SignedRequest, 'body'>, signedHeaders: readonly string[], payload: string): string {
  let headers = '';
  for (const name of signedHeaders) headers += `${name}:${canonicalValue(request.headers.get(name) ?? '')}\n`;
  return `${request.method}\n${canonicalPath(request.path)}\n${canonicalQuery(request.query)}\n${headers}\n${signedHeaders.join(';')}\n${payload}`;
}
