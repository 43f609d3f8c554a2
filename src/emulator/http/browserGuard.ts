import type { RequestHead } from './reading/requestHead.ts';

/** Why a request is refused before it is read, with its HTTP status. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

const sameSite = new Set(['none', 'same-origin']);
const jsonTypes = new Set(['application/x-amz-json-1.1', 'application/x-amz-json-1.0', 'application/json']);
const formType = 'application/x-www-form-urlencoded';

/**
 * The names under which a loopback server is asked for; a page that rebinds its own name to 127.0.0.1 sends that name.
 * `allowedHosts` are more names that this server is known by.
 */
export function hostNamesOf(bindHost: string, allowedHosts: readonly string[] = []): ReadonlySet<string> {
  const names = ['127.0.0.1', 'localhost', '[::1]', bindHost.includes(':') ? `[${bindHost}]` : bindHost, ...allowedHosts];
  return new Set(names.map((name) => name.toLowerCase()));
}

function hostName(header: string): string {
  return header.replace(/:\d+$/, '').toLowerCase();
}

/**
 * Keeps web pages out: only direct clients send no Origin, a loopback Host, and a content type that a form cannot send
 * to the KMS service. Every request has to be signed as well.
 */
export function refuseBrowser(request: Pick<RequestHead, 'method' | 'path' | 'headers'>, hostNames: ReadonlySet<string>): Refusal | undefined {
  const { headers, method, path } = request;
  if (!hostNames.has(hostName(headers.get('host') ?? ''))) {
    return { status: 421, message: 'The Host header does not name this server.' };
  }
  if (headers.has('origin')) return { status: 403, message: 'Web pages may not call the emulator.' };
  const site = headers.get('sec-fetch-site');
  if (site !== undefined && !sameSite.has(site)) return { status: 403, message: 'Web pages may not call the emulator.' };
  const administration = path.startsWith('/_emulator/');
  if (administration && method === 'GET') return undefined;
  if (method !== 'POST' && !(administration && method === 'PUT')) return { status: 403, message: 'Only POST is answered here.' };
  const type = (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (jsonTypes.has(type)) return undefined;
  if (type === formType && !headers.has('x-amz-target') && !administration) return undefined;
  return { status: 415, message: `The content type has to be application/x-amz-json-1.1.` };
}
