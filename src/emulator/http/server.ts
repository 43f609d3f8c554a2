import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KmsException } from '../kmsException.ts';
import { StartFailure } from '../startFailure.ts';
import type { SignedRequest } from '../auth/verifySignature.ts';
import { type Answer, errorAnswer } from './answer.ts';
import { hostNamesOf, refuseBrowser } from './browserGuard.ts';
import { readBody } from './readBody.ts';

/** `requestId` is the one that the answer will carry. */
export type Handler = (request: SignedRequest, requestId: string) => Promise<Answer>;

export interface ListeningServer {
  readonly endpoint: string;
  /** Takes no new request, finishes those that were accepted, and frees the port. */
  close(): Promise<void>;
}

const headersTimeout = 10_000;
const requestTimeout = 30_000;
const keepAliveTimeout = 60_000;

function toSigned(request: IncomingMessage, body: Buffer): SignedRequest {
  const url = new URL(`http://localhost${(request.url ?? '/').replace(/^\/*/, '/')}`);
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(url.searchParams.keys())) query[name] = url.searchParams.getAll(name);
  return { method: request.method ?? '', path: url.pathname, query, headers: request.headers, body };
}

function send(response: ServerResponse, requestId: string, answer: Answer): void {
  const body = Buffer.from(answer.body, 'utf8');
  response.writeHead(answer.status, {
    'Content-Type': answer.contentType,
    'Content-Length': body.length,
    'x-amzn-RequestId': requestId,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}

async function serve(request: IncomingMessage, requestId: string, handle: Handler): Promise<Answer> {
  try {
    return await handle(toSigned(request, await readBody(request)), requestId);
  } catch (error) {
    if (error instanceof KmsException) return errorAnswer(error.status, error.code, error.message);
    // What went wrong is not told: it could hold a part of the request.
    return errorAnswer(500, 'KMSInternalException', 'The emulator failed to process the request.');
  }
}

function answerRequests(handle: Handler, hostNames: ReadonlySet<string>, isOpen: () => boolean) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    const refusal = refuseBrowser(request, hostNames);
    if (refusal) {
      response.setHeader('Connection', 'close');
      send(response, requestId, errorAnswer(refusal.status, 'AccessDeniedException', refusal.message));
      return;
    }
    const answer = await serve(request, requestId, handle);
    // A body that was not read to its end would be taken for the next request; a server that closes takes none.
    if (!request.complete || !isOpen()) response.setHeader('Connection', 'close');
    send(response, requestId, answer);
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      const why = code === 'EADDRINUSE' ? 'is in use' : 'may not be used by this user';
      throw new StartFailure('PORT_IN_USE', `Port ${port} of ${host} ${why}. Choose another one with --port, or --port 0 for any free port.`, { cause: error });
    }
    throw new StartFailure('BAD_ARGUMENT', `Cannot listen on ${host}: ${code}. Choose a loopback address with --host.`, { cause: error });
  }
}

/** Listens on `host` and `port` (0: any free one). Throws StartFailure when the port cannot be had. */
export async function startServer(handle: Handler, host: string, port: number): Promise<ListeningServer> {
  const server = createServer({ headersTimeout, requestTimeout, keepAliveTimeout, maxHeaderSize: 16_384 }, (request, response) => {
    void answer(request, response);
  });
  const answer = answerRequests(handle, hostNamesOf(host), () => server.listening);
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    endpoint: `http://${name}:${address.port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}
