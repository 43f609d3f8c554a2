import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAuthorization } from '../../../src/emulator/auth/authorizationHeader.ts';
import { signingKeysOf } from '../../../src/emulator/auth/signingKeys.ts';
import { verifySignature } from '../../../src/emulator/auth/verifySignature.ts';

/** A request whose signature is good. */
export interface SignedAsk {
  readonly url: string;
  readonly region: string;
  readonly body: string;
}

export interface SignedReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SignedServer {
  readonly endpoint: string;
  readonly asked: readonly SignedAsk[];
  readonly stop: () => Promise<void>;
}

export interface SignedServerParts {
  /** The service's name in the scope of signatures. */
  readonly service: string;
  readonly secretAccessKey: string;
  readonly reply: (ask: SignedAsk) => SignedReply;
  /** What a request with another signature gets. */
  readonly refusal: (message: string) => SignedReply;
}

/**
 * A server at a loopback address in place of a service of AWS that the emulator does not have. It verifies the signatures of
 * requests with the emulator's own verification; what the service says is for `reply` to tell.
 */
export async function startSignedServer({ service, secretAccessKey, reply, refusal }: SignedServerParts): Promise<SignedServer> {
  const asked: SignedAsk[] = [];
  const keys = signingKeysOf(secretAccessKey);
  const answer = async (request: IncomingMessage): Promise<SignedReply> => {
    const body = Buffer.concat(await Array.fromAsync(request, (chunk: Buffer) => chunk));
    const { url = '' } = request;
    const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    try {
      const parts = readAuthorization(headers.get('authorization'), headers.get('x-amz-date'));
      const [path = '', query = ''] = url.split('?');
      verifySignature({ method: 'POST', path, query, headers, body }, parts, keys(parts.scope), Date.now());
      if (parts.scope.service !== service || request.method !== 'POST') throw new Error('It is for another service.');
      asked.push({ url, region: parts.scope.region, body: body.toString() });
    } catch (error) {
      return refusal(String(error));
    }
    return reply(asked.at(-1)!);
  };
  const server = createServer((request, response) => {
    void answer(request).then(({ status = 200, headers = {}, body }) => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
