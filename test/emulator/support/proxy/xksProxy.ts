import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { signed } from '../rawRequest.ts';

/** An external key of the proxy. Members may be changed while it runs. */
export interface ExternalKey {
  readonly material: Buffer;
  spec: string;
  usage: string[];
  status: string;
}

/** A request that the proxy answered: the API after the path, and the body without what is secret in it. */
export interface ProxyCall {
  readonly api: string;
  readonly requestMetadata: Readonly<Record<string, string>>;
}

type Body = Readonly<Record<string, unknown>> & { readonly requestMetadata: Readonly<Record<string, string>> };
type Answer = readonly [status: number, body: unknown];

/** A small external key store proxy over a key manager in memory, by the XKS Proxy API Specification. */
export interface XksProxy {
  readonly endpoint: string;
  readonly keys: Map<string, ExternalKey>;
  readonly calls: ProxyCall[];
  /** What GetHealthStatus tells of the key managers. */
  health: string[];
  /** Takes the place of the proxy's own answer, while it is set. */
  override: ((api: string, answer: Answer) => Answer | Promise<Answer>) | undefined;
  stop(): Promise<void>;
}

export const proxyPath = '/test/kms/xks/v1';
export const proxyCredential = { AccessKeyId: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', RawSecretAccessKey: 'not-a-secret'.replaceAll('-', '+').padEnd(44, '=') };
export const proxyRegion = 'us-east-1';

const metadata = Buffer.from('v=1');

export function externalKey(): ExternalKey {
  return { material: randomBytes(32), spec: 'AES_256', usage: ['ENCRYPT', 'DECRYPT'], status: 'ENABLED' };
}

/** The AES-GCM input that binds the caller's data and the proxy's metadata, each with its length. */
function aadOf(aad: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(aad.length);
  return Buffer.concat([length, aad, Buffer.from([metadata.length]), metadata]);
}

function bytes(body: Body, name: string): Buffer {
  const value = body[name];
  return Buffer.from(typeof value === 'string' ? value : '', 'base64');
}

const refuse = (status: number, errorName: string): Answer => [status, { errorName, errorMessage: 'Refused by the test.' }];

function encrypt(key: ExternalKey, body: Body): Answer {
  const aad = bytes(body, 'additionalAuthenticatedData');
  const initializationVector = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.material, initializationVector).setAAD(aadOf(aad));
  const ciphertext = Buffer.concat([cipher.update(bytes(body, 'plaintext')), cipher.final()]);
  const tag = cipher.getAuthTag();
  return [200, {
    ciphertext: ciphertext.toString('base64'),
    ciphertextMetadata: metadata.toString('base64'),
    initializationVector: initializationVector.toString('base64'),
    authenticationTag: tag.toString('base64'),
    ciphertextDataIntegrityValue: hash('sha256', Buffer.concat([aad, metadata, initializationVector, ciphertext, tag]), 'base64'),
  }];
}

function decrypt(key: ExternalKey, body: Body): Answer {
  if (!bytes(body, 'ciphertextMetadata').equals(metadata)) return refuse(400, 'InvalidCiphertextException');
  const decipher = createDecipheriv('aes-256-gcm', key.material, bytes(body, 'initializationVector'))
    .setAAD(aadOf(bytes(body, 'additionalAuthenticatedData')))
    .setAuthTag(bytes(body, 'authenticationTag'));
  const plaintext = decipher.update(bytes(body, 'ciphertext'));
  try {
    decipher.final();
  } catch {
    return refuse(400, 'InvalidCiphertextException');
  }
  return [200, { plaintext: plaintext.toString('base64') }];
}

/** Signs the request again, apart from the emulator's own signer, and compares. */
function isAuthentic(endpoint: string, request: IncomingMessage, body: string): boolean {
  const date = String(request.headers['x-amz-date']).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const { AccessKeyId: accessKeyId, RawSecretAccessKey: secretAccessKey } = proxyCredential;
  const signing = { accessKeyId, secretAccessKey, region: proxyRegion, service: 'kms-xks-proxy', time: new Date(date) };
  const expected = signed(endpoint, { path: request.url ?? '', body }, signing).headers?.['authorization'];
  return Math.abs(Date.parse(date) - Date.now()) < 300_000 && request.headers.authorization === expected;
}

function answerKey(proxy: XksProxy, api: string, body: Body): Answer {
  const [, keyId = '', action] = /^\/keys\/([\w.-]+)\/(metadata|encrypt|decrypt)$/.exec(api) ?? [];
  const key = proxy.keys.get(keyId);
  if (action === undefined) return refuse(404, 'InvalidUriPathException');
  if (!key) return refuse(404, 'KeyNotFoundException');
  if (action === 'metadata') return [200, { keySpec: key.spec, keyUsage: key.usage, keyStatus: key.status }];
  if (key.status !== 'ENABLED') return refuse(400, 'InvalidStateException');
  return action === 'encrypt' ? encrypt(key, body) : decrypt(key, body);
}

function answerApi(proxy: XksProxy, api: string, body: Body): Answer {
  if (api !== '/health') return answerKey(proxy, api, body);
  const ekmFleetDetails = proxy.health.map((healthStatus, index) => ({ id: `manager-${index}`, model: 'Test 1.0', healthStatus }));
  return [200, { xksProxyFleetSize: 1, xksProxyVendor: 'Test', xksProxyModel: 'Test 1.0', ekmVendor: 'Test', ekmFleetDetails }];
}

async function answer(proxy: XksProxy, request: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  if (!isAuthentic(proxy.endpoint, request, text)) return refuse(401, 'AuthenticationFailedException');
  // Any prefix before the path is that of the same key manager.
  const api = (request.url ?? '').split(proxyPath)[1];
  if (api === undefined) return refuse(404, 'InvalidUriPathException');
  const body = JSON.parse(text) as Body;
  proxy.calls.push({ api, requestMetadata: body.requestMetadata });
  const own = answerApi(proxy, api, body);
  return proxy.override ? proxy.override(api, own) : own;
}

/** Starts a proxy on a free port of this machine, over TLS when it gets a certificate (both in PEM). */
export async function startXksProxy(tls?: { readonly key: string; readonly cert: string }): Promise<XksProxy> {
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(proxy, request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  };
  const server = tls ? createHttpsServer(tls, handle) : createHttpServer(handle);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const proxy: XksProxy = {
    endpoint: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    keys: new Map(),
    calls: [],
    health: ['ACTIVE'],
    override: undefined,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
