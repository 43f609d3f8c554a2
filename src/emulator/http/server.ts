import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { performance } from 'node:perf_hooks';
import { StartFailure } from '../startFailure.ts';
import { dateHeader } from './answerText.ts';
import { hostNamesOf } from './browserGuard.ts';
import { type Connection, serveConnection } from './connection.ts';
import type { Handler } from './handler.ts';

export interface ListeningServer {
  readonly endpoint: string;
  /** Takes no new request, finishes those that were accepted, and frees the port. */
  close(): Promise<void>;
}

/** Where to listen, and the names besides those of loopback that the server is known by. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: readonly string[];
}

const mostConnections = 1_000;
const expiryInterval = 1_000;

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

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * Serves HTTP/1.1 (RFC 9112) on a port (0: any free one), strictly: what two readers could understand differently is
 * refused. Throws StartFailure when the port cannot be had.
 */
export async function startServer(handle: Handler, { host, port, allowedHosts }: ServerAddress): Promise<ListeningServer> {
  const connections = new Set<Connection>();
  const parts = { handle, hostNames: hostNamesOf(host, allowedHosts), date: dateHeader(), isOpen: () => server.listening };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const connection = serveConnection(socket, parts);
    connections.add(connection);
    socket.once('close', () => {
      connections.delete(connection);
    });
  });
  server.maxConnections = mostConnections;
  await listen(server, host, port);
  const expiry = setInterval(() => {
    const now = performance.now();
    for (const connection of connections) connection.expire(now);
  }, expiryInterval);
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    endpoint: `http://${name}:${portOf(server.address())}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const connection of connections) connection.endIdle();
      await closed;
      clearInterval(expiry);
    },
  };
}
