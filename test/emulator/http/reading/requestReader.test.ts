import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MalformedRequest } from '../../../../src/emulator/http/reading/malformedRequest.ts';
import { type ReadRequest, requestReader, type RequestReader } from '../../../../src/emulator/http/reading/requestReader.ts';
import { KmsException } from '../../../../src/emulator/kmsException.ts';

const limit = 1_000;

function reader(proceed: () => void = () => undefined): RequestReader {
  return requestReader({ admit: () => limit, proceed });
}

/** All requests in the bytes, which come in pieces of these lengths. */
function readAll(bytes: Buffer, lengths: readonly number[] = []): ReadRequest[] {
  const it = reader();
  const requests: ReadRequest[] = [];
  const pieces = [...lengths, bytes.length];
  for (let at = 0; at < bytes.length; ) {
    const length = Math.max(1, pieces.shift() ?? bytes.length);
    it.push(bytes.subarray(at, at + length));
    at += length;
    for (let request = it.take(); request; request = it.take()) requests.push(request);
  }
  return requests;
}

const text = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1');

describe('The HTTP reader', () => {
  interface Sent {
    readonly target: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
    readonly chunks: readonly number[] | undefined;
  }
  const sent: fc.Arbitrary<Sent> = fc.record({
    target: fc.stringMatching(/^\/[!-~]{0,20}$/),
    headers: fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/).filter((name) => !name.startsWith('x-amz')), fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/), { maxKeys: 5 }),
    body: fc.uint8Array({ maxLength: 300 }),
    chunks: fc.option(fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 5 }), { nil: undefined }),
  });

  function written({ target, headers, body, chunks }: Sent): Buffer {
    const lines = Object.entries(headers).map(([name, value]) => `${name.toUpperCase()}:  ${value} `);
    const framing = chunks ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
    const head = text(`POST ${target} HTTP/1.1`, 'Host: localhost', ...lines, framing, '', '');
    if (!chunks) return Buffer.concat([head, body]);
    const pieces: Buffer[] = [head];
    for (let at = 0, sizes = [...chunks]; at < body.length; ) {
      const piece = body.subarray(at, at + (sizes.shift() ?? body.length));
      pieces.push(text(`${piece.length.toString(16)};ext=1`, ''), Buffer.from(piece), text('', ''));
      at += piece.length;
    }
    return Buffer.concat([...pieces, text('0', 'x-trailer: ignored', '', '')]);
  }

  it('gives the same requests however their bytes come in, one after the other on one connection', () => {
    fc.assert(
      fc.property(fc.array(sent, { minLength: 1, maxLength: 4 }), fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 40 }), (requests, lengths) => {
        const got = readAll(Buffer.concat(requests.map(written)), lengths);
        assert.equal(got.length, requests.length);
        for (const [index, request] of got.entries()) {
          const { target, headers, body } = requests[index]!;
          const [path, ...query] = target.split('?');
          assert.deepEqual([request.path, request.query, request.body], [path, query.join('?'), Buffer.from(body)]);
          for (const [name, value] of Object.entries(headers)) assert.equal(request.headers.get(name), value);
        }
      }),
    );
  });

  it('never throws anything but a refusal, whatever the bytes', () => {
    const lines = fc.array(fc.oneof(fc.string(), fc.constantFrom('POST / HTTP/1.1', 'Host: x', 'Content-Length: 5', 'Transfer-Encoding: chunked', '', 'ff', '0', 'Expect: 100-continue')), { maxLength: 12 });
    const bytes = fc.oneof(
      lines.map((parts) => text(...parts)),
      fc.uint8Array({ maxLength: 500 }).map((array) => Buffer.from(array)),
      fc.tuple(sent, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([request, place, value]) => {
        const whole = written(request);
        whole[place % whole.length] = value;
        return whole;
      }),
    );
    fc.assert(
      fc.property(bytes, fc.array(fc.integer({ min: 1, max: 40 })), (input, lengths) => {
        try {
          readAll(input, lengths);
        } catch (error) {
          assert.ok(error instanceof MalformedRequest || error instanceof KmsException, String(error));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  const post = (...headers: readonly string[]): readonly string[] => ['POST / HTTP/1.1', 'Host: localhost', ...headers, '', ''];
  const chunked = (...lines: readonly string[]): Buffer => text('POST / HTTP/1.1', 'Host: localhost', 'Transfer-Encoding: chunked', '', ...lines);
  const refused: readonly (readonly [what: string, bytes: Buffer, status: number])[] = [
    ['two lengths', text(...post('Content-Length: 0', 'Content-Length: 5')), 400],
    ['the same length twice', text(...post('Content-Length: 5', 'content-length: 5')), 400],
    ['a list of lengths', text(...post('Content-Length: 5, 5')), 400],
    ['a signed length', text(...post('Content-Length: +5')), 400],
    ['a hexadecimal length', text(...post('Content-Length: 0x5')), 400],
    ['an empty length', text(...post('Content-Length:')), 400],
    ['a length beside chunks', text(...post('Content-Length: 5', 'Transfer-Encoding: chunked')), 400],
    ['two transfer codings', text(...post('Transfer-Encoding: chunked', 'Transfer-Encoding: identity')), 400],
    ['a coding before chunks', text(...post('Transfer-Encoding: gzip, chunked')), 501],
    ['chunks in another spelling', text(...post('Transfer-Encoding: xchunked')), 501],
    ['chunks in HTTP/1.0', text('POST / HTTP/1.0', 'Transfer-Encoding: chunked', '', ''), 400],
    ['a chunk size that is no number', chunked('x', ''), 400],
    ['a negative chunk size', chunked('-1', ''), 400],
    ['a chunk longer than its size', chunked('1', 'ab', ''), 400],
    ['a chunk line without end', chunked('0'.repeat(5_000)), 400],
    ['a chunk over the limit', chunked('ffffff', ''), 413],
    ['a length over the limit', text(...post(`Content-Length: ${limit + 1}`)), 413],
    ['a line end without a carriage return', Buffer.from('POST / HTTP/1.1\r\nHost: localhost\nContent-Length: 0\r\n\r\n'), 400],
    ['a carriage return within a line', Buffer.from('POST / HTTP/1.1\r\nHost: local\rhost\r\n\r\n'), 400],
    ['a folded header', text(...post('X-A: 1', ' 2')), 400],
    ['a space before the colon', text(...post('Content-Length : 5')), 400],
    ['a header without a name', text(...post(': 5')), 400],
    ['a header without a colon', text(...post('Content-Length')), 400],
    ['a null character', text(...post('X-A: \0')), 400],
    ['two hosts', text('POST / HTTP/1.1', 'Host: localhost', 'Host: evil', '', ''), 400],
    ['no host', text('POST / HTTP/1.1', '', ''), 400],
    ['two targets', text(...post('X-Amz-Target: a', 'X-Amz-Target: b')), 400],
    ['another version', text('POST / HTTP/2.0', 'Host: localhost', '', ''), 400],
    ['no version', text('POST /', 'Host: localhost', '', ''), 400],
    ['a target with a space', text('POST / / HTTP/1.1', 'Host: localhost', '', ''), 400],
    ['a target with a host', text('POST http://localhost/ HTTP/1.1', 'Host: localhost', '', ''), 400],
    ['a method in small letters', text('post / HTTP/1.1', 'Host: localhost', '', ''), 400],
    ['an unknown expectation', text(...post('Expect: 200-ok')), 417],
    ['a head of more than 16 kB', text(...post(`X-A: ${'a'.repeat(17_000)}`)), 431],
    ['a head of more than 16 kB that has no end', text('POST / HTTP/1.1', `X-A: ${'a'.repeat(17_000)}`), 431],
  ];
  for (const [what, bytes, status] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => readAll(bytes), (error: unknown) => {
        assert.ok(error instanceof MalformedRequest || error instanceof KmsException);
        assert.equal(error.status, status);
        return true;
      });
    });
  }

  it('joins a header that is there twice with a comma, and keeps the spaces inside a value', () => {
    const [request] = readAll(text(...post('X-A: 1', 'x-a:\t2  3 ')));
    assert.equal(request?.headers.get('x-a'), '1,2  3');
  });

  it('ignores one empty line before a request', () => {
    assert.equal(readAll(Buffer.concat([text('', ''), text(...post())])).length, 1);
  });

  const keepAlive: readonly (readonly [version: string, connection: readonly string[], expected: boolean])[] = [
    ['1.1', [], true],
    ['1.1', ['Connection: close'], false],
    ['1.1', ['Connection: upgrade, Close'], false],
    ['1.0', [], false],
    ['1.0', ['Connection: Keep-Alive'], true],
  ];
  for (const [version, connection, expected] of keepAlive) {
    it(`${expected ? 'keeps' : 'ends'} the connection of HTTP/${version} with ${connection.join() || 'no Connection header'}`, () => {
      const [request] = readAll(text(`POST / HTTP/${version}`, 'Host: localhost', ...connection, '', ''));
      assert.equal(request?.keepAlive, expected);
    });
  }

  it('tells a waiting client to send its body, once, and not one that has sent it', () => {
    let told = 0;
    const count = (): void => {
      told += 1;
    };
    const head = text(...post('Expect: 100-continue', 'Content-Length: 2'));
    const waiting = reader(count);
    waiting.push(head);
    assert.equal(waiting.take(), undefined);
    waiting.push(Buffer.from('{'));
    assert.equal(waiting.take(), undefined);
    waiting.push(Buffer.from('}'));
    assert.equal(waiting.take()?.body.toString(), '{}');
    assert.equal(told, 1);
    const hasty = reader(count);
    hasty.push(Buffer.concat([head, Buffer.from('{}')]));
    assert.equal(hasty.take()?.body.toString(), '{}');
    assert.equal(told, 1);
  });
});
