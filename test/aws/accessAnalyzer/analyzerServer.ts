import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAuthorization } from '../../../src/emulator/auth/authorizationHeader.ts';
import { signingKeysOf } from '../../../src/emulator/auth/signingKeys.ts';
import { verifySignature } from '../../../src/emulator/auth/verifySignature.ts';

/** A policy that a check was asked about, and where. */
export interface AskedCheck {
  readonly url: string;
  readonly region: string;
  readonly body: Readonly<Record<string, string>>;
}

export interface AnalyzerServer {
  readonly endpoint: string;
  readonly asked: readonly AskedCheck[];
  readonly stop: () => Promise<void>;
}

/** What a request is answered with: a status, the name of an exception where it is one, and the JSON. */
export interface AnalyzerReply {
  readonly status?: number;
  readonly exception?: string;
  readonly body: object;
}

/**
 * A server at a loopback address that takes requests as IAM Access Analyzer does: it verifies their signatures with the
 * emulator's own verification, for the access key `OWNER`, and refuses the others. What it says of a policy is for `reply` to tell.
 */
export async function startAnalyzerServer(secretAccessKey: string, reply: (check: AskedCheck) => AnalyzerReply): Promise<AnalyzerServer> {
  const asked: AskedCheck[] = [];
  const keys = signingKeysOf(secretAccessKey);
  const answer = async (request: IncomingMessage): Promise<AnalyzerReply> => {
    const body = Buffer.concat(await Array.fromAsync(request, (chunk: Buffer) => chunk));
    const url = request.url ?? '';
    const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    try {
      const parts = readAuthorization(headers.get('authorization'), headers.get('x-amz-date'));
      const [path = '', query = ''] = url.split('?');
      verifySignature({ method: 'POST', path, query, headers, body }, parts, keys(parts.scope), Date.now());
      if (parts.scope.service !== 'access-analyzer' || request.method !== 'POST') throw new Error('It is for another service.');
      const check = { url, region: parts.scope.region, body: JSON.parse(body.toString()) as Record<string, string> };
      asked.push(check);
      return reply(check);
    } catch (error) {
      return { status: 403, exception: 'InvalidSignatureException', body: { message: String(error) } };
    }
  };
  const server = createServer((request, response) => {
    void answer(request).then(({ status = 200, exception, body }) => {
      const kind = exception === undefined ? {} : { 'x-amzn-ErrorType': `${exception}:http://internal.amazon.com/` };
      response.writeHead(status, { 'Content-Type': 'application/json', ...kind }).end(JSON.stringify(body));
    });
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
