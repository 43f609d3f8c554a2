import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { CreateKeyCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { sendRaw, signed, targetHeaders } from '../support/rawRequest.ts';

describe('A connection', () => {
  let emulator: EmulatorProcess;
  before(async () => {
    emulator = await startEmulator({ args: ['--allowed-host', 'kms.local'] });
  });
  after(() => emulator.stop());

  function open(): Socket {
    return connect({ host: '127.0.0.1', port: Number(new URL(emulator.ready.endpoint).port) });
  }

  /** A signed call as the bytes of its head and body. */
  function call(operation: string, input: object, ...more: readonly string[]): { readonly head: string; readonly body: string } {
    const body = JSON.stringify(input);
    const { headers = {} } = signed(emulator.ready.endpoint, { headers: targetHeaders(operation), body }, emulator.ready);
    const lines = [...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), ...more];
    return { head: ['POST / HTTP/1.1', ...lines, '', ''].join('\r\n'), body };
  }

  /** All that comes until the emulator ends the connection. */
  async function received(socket: Socket): Promise<string> {
    let all = '';
    socket.on('data', (chunk: Buffer) => (all += chunk.toString('utf8')));
    await once(socket, 'close');
    return all;
  }
  const statuses = (answer: string): string[] => [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = '']) => status);

  it('answers requests that are sent at once in their order, and ends where the client asks for it', async () => {
    const socket = open();
    const whole = (...more: string[]): string => {
      const { head, body } = call('ListKeys', { Limit: 1 }, `content-length: ${JSON.stringify({ Limit: 1 }).length}`, ...more);
      return head + body;
    };
    const unknown = call('NoSuchOperation', {}, 'content-length: 2');
    socket.write(whole() + unknown.head + unknown.body + whole('connection: close') + whole());
    const answer = await received(socket);
    assert.deepEqual(statuses(answer), ['200', '400', '200']);
    assert.deepEqual([...answer.matchAll(/^Connection: (.*)$/gm)].map(([, value]) => value?.trim()), ['keep-alive', 'keep-alive', 'close']);
  });

  it('reads a body in chunks', async () => {
    const socket = open();
    const { head, body } = call('ListKeys', { Limit: 1 }, 'transfer-encoding: chunked', 'connection: close');
    socket.write(`${head}3\r\n${body.slice(0, 3)}\r\n`);
    socket.write(`${(body.length - 3).toString(16)}\r\n${body.slice(3)}\r\n0\r\n\r\n`);
    assert.deepEqual(statuses(await received(socket)), ['200']);
  });

  it('tells a client that waits for it to send the body', async () => {
    const socket = open();
    const { head, body } = call('ListKeys', {}, 'content-length: 2', 'expect: 100-continue', 'connection: close');
    socket.write(head);
    const [first] = (await once(socket, 'data')) as [Buffer];
    assert.equal(first.toString(), 'HTTP/1.1 100 Continue\r\n\r\n');
    socket.write(body);
    assert.deepEqual(statuses(await received(socket)), ['200']);
  });

  it('refuses a body that is too long before the client sends it', async () => {
    const socket = open();
    socket.write(call('ListKeys', {}, 'content-length: 1000001', 'expect: 100-continue').head);
    const answer = await received(socket);
    assert.deepEqual(statuses(answer), ['413']);
    assert.match(answer, /"__type":"RequestEntityTooLargeException"/);
  });

  it('answers a client that has ended its side, and HTTP/1.0', async () => {
    for (const version of ['1.1', '1.0']) {
      const socket = open();
      const { head, body } = call('ListKeys', {}, 'content-length: 2');
      socket.end(head.replace('HTTP/1.1', `HTTP/${version}`) + body);
      assert.deepEqual(statuses(await received(socket)), ['200']);
    }
  });

  it('writes texts outside ASCII with their length in bytes', async () => {
    const { head, body } = call('CreateKey', { Description: 'Schlüssel 🔑' });
    const length = Buffer.byteLength(body);
    const socket = open();
    socket.write(head.replace('\r\n\r\n', `\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n`) + body);
    const answer = await received(socket);
    assert.match(answer, /"Description":"Schlüssel 🔑"/);
    assert.equal(Buffer.byteLength(answer.slice(answer.indexOf('\r\n\r\n') + 4)), Number(/Content-Length: (\d+)/.exec(answer)?.[1]));
  });

  it('says in AWS’s shape what is wrong with bytes that are no HTTP, and goes on serving others', async () => {
    for (const bytes of ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n', 'GET / HTTP/1.1\nHost: localhost\n\n\r\n\r\n', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n{']) {
      const socket = open();
      socket.write(Buffer.from(bytes, 'latin1'));
      const answer = await received(socket);
      assert.deepEqual(statuses(answer), ['400']);
      assert.match(answer, /"__type":"SerializationException"/);
      assert.match(answer, /^Connection: close\r$/m);
    }
    assert.ok((await emulator.client().send(new ListKeysCommand({}))).Keys);
  });

  it('that breaks off in the middle of a call changes nothing and stops nothing', async () => {
    const count = async (): Promise<number> => (await emulator.client().send(new ListKeysCommand({ Limit: 1000 }))).Keys!.length;
    const before = await count();
    const { head, body } = call('CreateKey', { Description: 'never made' }, 'content-length: 100');
    const socket = open();
    socket.write(head + body);
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.resetAndDestroy();
    assert.equal(await count(), before);
  });

  it('under a name that was allowed is answered, under another one it is not', async () => {
    const { ready } = emulator;
    const ask = (host: string) => sendRaw(ready.endpoint, signed(ready.endpoint, { headers: { ...targetHeaders('ListKeys'), host }, body: '{}' }, ready));
    assert.equal((await ask('KMS.local:4599')).status, 200);
    assert.equal((await ask('kms.local.evil.example')).status, 421);
  });

  it('is closed after the call that it is in when the emulator stops', async () => {
    const own = await startEmulator();
    const client = own.client();
    // The first call of a client takes its time before anything is sent.
    await client.send(new ListKeysCommand({}));
    const idle = connect({ host: '127.0.0.1', port: Number(new URL(own.ready.endpoint).port) });
    await once(idle, 'connect');
    const slow = client.send(new CreateKeyCommand({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }));
    await new Promise((resolve) => setTimeout(resolve, 40));
    const closed = once(idle, 'close');
    process.kill(own.ready.pid, 'SIGTERM');
    await closed;
    assert.equal((await slow).KeyMetadata?.KeyState, 'Enabled');
    assert.equal(await own.closeInput(), 0);
  });
});
