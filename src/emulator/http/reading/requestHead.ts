import { MalformedRequest } from './malformedRequest.ts';

/** The request line and the headers of an HTTP request. */
export interface RequestHead {
  readonly version: '1.0' | '1.1';
  readonly method: string;
  /** The path as it was sent, without the query. */
  readonly path: string;
  /** The query as it was sent, without its question mark. */
  readonly query: string;
  /** Values by lower-case names; a header that was sent more than once has its values joined with commas. */
  readonly headers: ReadonlyMap<string, string>;
  /** Whether the connection stays open after the answer (RFC 9112, section 9.3). */
  readonly keepAlive: boolean;
  /** Whether the client waits to be told to send the body (RFC 9110, section 10.1.1). */
  readonly expectsContinue: boolean;
}

/** Octets that no line may have, line ends other than CRLF, and lines that go on after a break (RFC 9112, sections 2.2 and 5.2). */
const forbidden = /[^\t\r\n\x20-\x7e\x80-\xff]|\r(?!\n)|(?<!\r)\n|\r\n[\t ]/;
const requestLine = /^([A-Z]{1,16}) (\/[\x21-\x7e]*|\*) HTTP\/1\.([01])$/;
const token = /^[\w!#$%&'*+.^`|~-]+$/;

/** Headers that mean one thing: two of them would let two readers of a request see two different requests. */
const single: ReadonlySet<string> = new Set([
  'authorization',
  'content-length',
  'content-type',
  'expect',
  'host',
  'origin',
  'transfer-encoding',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-target',
]);

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;

/** The text from `start` on, without blanks around it. */
function trimmed(text: string, start = 0): string {
  let from = start;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from += 1;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

function readHeaders(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0));
    if (!token.test(name)) throw new MalformedRequest(400, 'A header has no name, or a name with characters that names cannot have.');
    const key = name.toLowerCase();
    const value = trimmed(line, colon + 1);
    const before = headers.get(key);
    if (before !== undefined && single.has(key)) throw new MalformedRequest(400, `The header ${key} is there more than once.`);
    headers.set(key, before === undefined ? value : `${before},${value}`);
  }
  return headers;
}

function staysOpen(version: RequestHead['version'], connection: string | undefined): boolean {
  const options = connection === undefined ? [] : connection.toLowerCase().split(',').map((option) => trimmed(option));
  return version === '1.1' ? !options.includes('close') : options.includes('keep-alive');
}

function readExpectation(version: RequestHead['version'], expect: string | undefined): boolean {
  if (expect === undefined || version === '1.0') return false;
  if (expect.toLowerCase() === '100-continue') return true;
  throw new MalformedRequest(417, 'The only expectation that is met here is 100-continue.');
}

/**
 * Reads a head strictly (RFC 9112). `text` is its octets as characters, without the empty line at its end.
 * Throws MalformedRequest for all that another reader might understand differently.
 */
export function readHead(text: string): RequestHead {
  if (forbidden.test(text)) throw new MalformedRequest(400, 'The head has characters or line breaks that cannot be in it.');
  const [start = '', ...lines] = text.split('\r\n');
  const match = requestLine.exec(start);
  if (!match) throw new MalformedRequest(400, 'The request line is not that of an HTTP/1.1 request.');
  const [, method = '', target = '', minorVersion = ''] = match;
  const headers = readHeaders(lines);
  const version = minorVersion === '0' ? '1.0' : '1.1';
  if (version === '1.1' && !headers.has('host')) throw new MalformedRequest(400, 'There is no Host header.');
  const question = target.indexOf('?');
  return {
    version,
    method,
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? '' : target.slice(question + 1),
    headers,
    keepAlive: staysOpen(version, headers.get('connection')),
    expectsContinue: readExpectation(version, headers.get('expect')),
  };
}
