import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { authorizationReader } from '../../../src/emulator/auth/authorizationHeader.ts';
import { signingKeysOf } from '../../../src/emulator/auth/signingKeys.ts';
import type { SignedRequest } from '../../../src/emulator/auth/signedRequest.ts';
import { verifySignature } from '../../../src/emulator/auth/verifySignature.ts';
import { KmsException } from '../../../src/emulator/kmsException.ts';

/** SHA-256 in the form that the SDK's signer takes. */
class Sha256 {
  readonly #parts: Uint8Array[] = [];
  readonly #secret: Uint8Array | undefined;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined ? undefined : bytesOf(secret);
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#parts.push(bytesOf(data));
  }
  digest(): Promise<Uint8Array> {
    const state = this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret);
    return Promise.resolve(state.update(Buffer.concat(this.#parts)).digest());
  }
  reset(): void {
    this.#parts.length = 0;
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
}

interface Unsigned {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly region: string;
  readonly secret: string;
}

function queryText(query: Unsigned['query']): string {
  return Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((each) => `${encodeURIComponent(name)}=${encodeURIComponent(each)}`))
    .join('&');
}

/** The request as it arrives after the SDK's own signer has signed it. */
async function signedBySdk({ method, path, query, headers, body, region, secret }: Unsigned, time: Date): Promise<SignedRequest> {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secret };
  const signer = new SignatureV4({ credentials, region, service: 'kms', sha256: Sha256, applyChecksum: false });
  const request = { method, protocol: 'http:', hostname: 'localhost', path, query: { ...query }, headers: { host: 'localhost', ...headers }, body };
  const signed = await signer.sign(request, { signingDate: time });
  return {
    method,
    path,
    query: queryText(query),
    headers: new Map(Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from(body),
  };
}

const read = authorizationReader();

function verify(request: SignedRequest, secret: string, now: number): void {
  const parts = read(request.headers.get('authorization'), request.headers.get('x-amz-date'));
  verifySignature(request, parts, signingKeysOf(secret)(parts.scope), now);
}

describe('The verification of signatures', () => {
  const visible = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
  const headerName = fc.stringMatching(/^x-[a-z0-9-]{1,20}$/).filter((name) => !name.startsWith('x-amz') && name !== 'x-amzn-trace-id');
  const segment = fc.oneof(fc.stringMatching(/^[A-Za-z0-9._~!$&'()*+,;=:@-]{0,8}$/), fc.constantFrom('.', '..', '%20', '%2F', '%C3%A9'));
  // The signer leaves out its own parameter, and one that it loses as a prototype of the object that it gathers them in.
  const parameterName = fc.string({ minLength: 1 }).filter((name) => name.isWellFormed() && !['x-amz-signature', '__proto__'].includes(name.toLowerCase()));
  const unsigned: fc.Arbitrary<Unsigned> = fc.record({
    method: fc.constantFrom('POST', 'GET', 'PUT'),
    path: fc.oneof(fc.constant('/'), fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join('/')}`)),
    query: fc.dictionary(parameterName, fc.oneof(visible, fc.array(visible, { minLength: 1, maxLength: 3 })), { maxKeys: 4 }),
    headers: fc.dictionary(headerName, visible, { maxKeys: 6 }),
    body: fc.uint8Array({ maxLength: 300 }),
    region: fc.constantFrom('us-east-1', 'eu-central-1', 'us-gov-west-1'),
    secret: fc.string({ minLength: 1, maxLength: 60 }),
  });
  const time = new Date('2026-11-25T02:34:05Z');

  it('agrees with the SDK’s signer on every method, path, query, header, body, Region and secret', () =>
    fc.assert(
      fc.asyncProperty(unsigned, async (request) => {
        verify(await signedBySdk(request, time), request.secret, time.getTime());
      }),
      { numRuns: 500 },
    ));

  it('agrees with it on a body that is left unsigned or whose hash is sent along', () =>
    fc.assert(
      fc.asyncProperty(unsigned, fc.boolean(), async (request, leftUnsigned) => {
        const hash = leftUnsigned ? 'UNSIGNED-PAYLOAD' : createHash('sha256').update(request.body).digest('hex');
        const signed = await signedBySdk({ ...request, headers: { ...request.headers, 'x-amz-content-sha256': hash } }, time);
        verify(signed, request.secret, time.getTime());
      }),
    ));

  type Change = (request: SignedRequest) => SignedRequest;
  const withHeader = (request: SignedRequest, name: string, value: string): SignedRequest => ({ ...request, headers: new Map(request.headers).set(name, value) });
  const changes: readonly (readonly [what: string, change: Change])[] = [
    ['the method', (request) => ({ ...request, method: 'DELETE' })],
    ['the path', (request) => ({ ...request, path: `${request.path}x` })],
    ['the query', (request) => ({ ...request, query: `${request.query}&added=1` })],
    ['the body', (request) => ({ ...request, body: Buffer.concat([request.body, Buffer.from('x')]) })],
    ['a signed header', (request) => withHeader(request, 'host', 'elsewhere')],
    ['the date', (request) => withHeader(request, 'x-amz-date', '20261125T023406Z')],
    ['the signature', (request) => withHeader(request, 'authorization', (request.headers.get('authorization') ?? '').replace(/.$/, (last) => (last === '0' ? '1' : '0')))],
    ['the Region of the scope', (request) => withHeader(request, 'authorization', (request.headers.get('authorization') ?? '').replace(/\/[a-z]+-[a-z-]+-\d\//, '/sa-east-1/'))],
  ];
  for (const [what, change] of changes) {
    it(`refuses a request with ${what} changed after signing`, () =>
      fc.assert(
        fc.asyncProperty(unsigned, async (request) => {
          const changed = change(await signedBySdk(request, time));
          assert.throws(() => { verify(changed, request.secret, time.getTime()); }, KmsException);
        }),
        { numRuns: 50 },
      ));
  }

  it('refuses a signature with another secret', () =>
    fc.assert(
      fc.asyncProperty(unsigned, async (request) => {
        const signed = await signedBySdk(request, time);
        assert.throws(() => { verify(signed, `${request.secret}x`, time.getTime()); }, KmsException);
      }),
      { numRuns: 50 },
    ));
});
