import type { IncomingMessage } from 'node:http';

/** Why a request is refused before it is read, with its HTTP status. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

const sameSite = new Set(['none', 'same-origin']);
const jsonTypes = new Set(['application/x-amz-json-1.1', 'application/x-amz-json-1.0', 'application/json']);
const formType = 'application/x-www-form-urlencoded';

/** The names under which a loopback server is asked for; a page that rebinds its own name to 127.0.0.1 sends that name. */
export function hostNamesOf(bindHost: string): ReadonlySet<string> {
  return new Set(['127.0.0.1', 'localhost', '[::1]', bindHost.includes(':') ? `[${bindHost}]` : bindHost]);
}

function hostName(header: string): string {
  return header.replace(/:\d+$/, '').toLowerCase();
}

/**
 * Keeps web pages out: only direct clients send no Origin, a loopback Host, and a content type that a form cannot send
 * to the KMS service. Every request has to be signed as well.
 */
export function refuseBrowser(request: IncomingMessage, hostNames: ReadonlySet<string>): Refusal | undefined {
  const { headers, method } = request;
  if (!hostNames.has(hostName(headers.host ?? ''))) {
    return { status: 421, message: 'The Host header does not name this server.' };
  }
  if (headers.origin !== undefined) return { status: 403, message: 'Web pages may not call the emulator.' };
  const site = headers['sec-fetch-site'];
  if (site !== undefined && !sameSite.has(site)) return { status: 403, message: 'Web pages may not call the emulator.' };
  const administration = (request.url ?? '').startsWith('/_emulator/');
  if (administration && method === 'GET') return undefined;
  if (method !== 'POST' && !(administration && method === 'PUT')) return { status: 403, message: 'Only POST is answered here.' };
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (jsonTypes.has(type)) return undefined;
  if (type === formType && headers['x-amz-target'] === undefined && !administration) return undefined;
  return { status: 415, message: `The content type has to be application/x-amz-json-1.1.` };
}
