import type { IncomingMessage, request, RequestOptions } from 'node:http';
import type { LookupFunction } from 'node:net';
import { ProxyFailure, proxyErrorName } from './proxyFaults.ts';
import { signProxyRequest } from './signProxyRequest.ts';

/** Where a proxy is, and what AWS KMS signs its requests to it with. */
export interface ProxyAddress {
  /** Scheme, name and port. */
  readonly endpoint: string;
  /** The path that every API's path begins with, such as `/prefix/kms/xks/v1`. */
  readonly path: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** AWS KMS waits no longer for any answer of a proxy. */
const patience = 250;
const longestAnswer = 65_536;
const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost'];

/** Whether the endpoint is on this machine. No other one is ever contacted. */
export function isLoopbackEndpoint(endpoint: string): boolean {
  return URL.canParse(endpoint) && loopbackNames.includes(new URL(endpoint).hostname);
}

/** Names on this machine are not asked of a name server, which could say otherwise. */
const lookUpLoopback: LookupFunction = (_name, options, found) => {
  if (options.all === true) {
    found(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
  } else found(null, '127.0.0.1', 4);
};

async function readAnswer(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestAnswer) throw new ProxyFailure('malformed');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    throw new ProxyFailure('malformed');
  }
}

type Members = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function interpret(response: IncomingMessage): Promise<Members> {
  const answer = await readAnswer(response);
  if (!isObject(answer)) throw new ProxyFailure('malformed');
  if (response.statusCode === 200) return answer;
  throw new ProxyFailure(proxyErrorName(answer['errorName']) ?? 'malformed');
}

/** Errors of TLS and of certificates have codes of their own; everything else is the connection's. */
function faultOf(error: unknown): ProxyFailure {
  if (error instanceof ProxyFailure) return error;
  if (error instanceof Error && error.name === 'TimeoutError') return new ProxyFailure('timeout');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const tls = /^(?:ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code);
  return new ProxyFailure(tls ? 'noTls' : 'noConnection');
}

function post(send: typeof request, url: URL, options: RequestOptions, body: string, signal: AbortSignal): Promise<Members> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      reject(faultOf(signal.aborted ? signal.reason : error));
    };
    // Without the shared agent the request goes straight to the address, whatever proxy the environment names.
    const outgoing = send(url, { ...options, agent: false, lookup: lookUpLoopback, signal }, (response) => {
      interpret(response).then(resolve, fail);
    });
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

/**
 * Sends one signed request to the proxy's API at `api`, such as `/health`, and gives the members of its answer.
 * Rejects with ProxyFailure, after 250 ms without an answer with that of a timeout.
 */
export async function sendToProxy(address: ProxyAddress, api: string, content: Members): Promise<Members> {
  // Joined as texts: resolved against the endpoint, a path that begins with two slashes would name another host.
  const url = new URL(`${address.endpoint}${address.path}${api}`);
  if (!isLoopbackEndpoint(url.href)) throw new ProxyFailure('noConnection');
  // Node's HTTP client takes a good part of the emulator's start to load, so it is loaded when a proxy is asked.
  const { request: send } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'));
  const body = JSON.stringify(content);
  // The proxy compares the time of the signature with its own clock, so it is the machine's.
  const signature = signProxyRequest({ ...address, host: url.host, path: url.pathname, body }, Date.now());
  const headers = { ...signature, host: url.host, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return post(send, url, { method: 'POST', headers }, body, AbortSignal.timeout(patience));
}
