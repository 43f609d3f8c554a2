import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { ReadyEvent } from '../../../src/protocol/emulator.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One HTTP request with nothing added to its headers but what Node has to send. */
export function sendRaw(endpoint: string, { method = 'POST', path = '/', headers = {}, body = '' }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: hostname, port, method, path, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export interface Signing {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly service?: string;
  /** The time to sign with; now by default. */
  readonly time?: Date;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Adds a SigV4 signature, computed here apart from the emulator's own signer. Signs every header it is given. */
export function signed(endpoint: string, request: RawRequest, signing: Signing): RawRequest {
  const { method = 'POST', path = '/', headers = {}, body = '' } = request;
  const { accessKeyId, secretAccessKey, region, service = 'kms', time = new Date() } = signing;
  const date = time.toISOString().replace(/[:-]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const all: Record<string, string> = { host: new URL(endpoint).host, 'x-amz-date': date, ...headers };
  const names = Object.keys(all).map((name) => name.toLowerCase()).sort();
  const canonicalHeaders = names.map((name) => `${name}:${all[name] ?? ''}\n`).join('');
  const payload = headers['x-amz-content-sha256'] ?? createHash('sha256').update(body).digest('hex');
  const canonical = [method, path, '', canonicalHeaders, names.join(';'), payload].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secretAccessKey}`));
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${hmac(key, toSign).toString('hex')}`;
  return { method, path, headers: { ...all, authorization }, body };
}

/** The headers of a KMS call without its signature. */
export function targetHeaders(operation: string): Record<string, string> {
  return { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${operation}` };
}

/** A correctly signed request to one of the administration paths. */
export function administer(ready: ReadyEvent, path: string, body: object, method = 'POST'): Promise<RawAnswer> {
  const request = { method, path, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: method === 'GET' ? '' : JSON.stringify(body) };
  return sendRaw(ready.endpoint, signed(ready.endpoint, request, ready));
}
