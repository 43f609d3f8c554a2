import assert from 'node:assert/strict';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { type RawRequest, sendRaw, signed, targetHeaders } from '../support/rawRequest.ts';

describe('Web pages', () => {
  let emulator: EmulatorProcess;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());

  const json = targetHeaders('ListKeys');
  const cases: readonly (readonly [title: string, request: RawRequest, status: number])[] = [
    ['cannot reach it under a name that was rebound to loopback', { headers: { ...json, host: 'evil.example:4599' } }, 421],
    ['cannot reach it from any origin', { headers: { ...json, origin: 'http://localhost:3000' } }, 403],
    ['cannot reach it from a sandboxed frame', { headers: { ...json, origin: 'null' } }, 403],
    ['cannot reach it across sites', { headers: { ...json, 'sec-fetch-site': 'cross-site' } }, 403],
    ['get no answer to a preflight', { method: 'OPTIONS', headers: json }, 403],
    ['get no answer to GET', { method: 'GET', headers: json }, 403],
    ['cannot send a KMS call as a form', { headers: { ...json, 'content-type': 'application/x-www-form-urlencoded' } }, 415],
    ['cannot send a KMS call as plain text', { headers: { ...json, 'content-type': 'text/plain' } }, 415],
    ['cannot administer from a form', { path: '/_emulator/reset', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415],
  ];
  for (const [title, request, status] of cases) {
    it(title, async () => {
      const answer = await sendRaw(emulator.ready.endpoint, { body: '{}', ...request });
      assert.equal(answer.status, status, answer.body);
      assert.deepEqual(Object.keys(answer.headers).filter((name) => name.startsWith('access-control')), []);
    });
  }

  it('are refused even with a right signature', async () => {
    const { ready } = emulator;
    const request = signed(ready.endpoint, { headers: json, body: '{}' }, ready);
    assert.equal((await sendRaw(ready.endpoint, request)).status, 200);
    const fromPage = { ...request, headers: { ...request.headers, origin: 'http://127.0.0.1' } };
    assert.equal((await sendRaw(ready.endpoint, fromPage)).status, 403);
  });

  it('cannot fill the memory: a body over 1 MB is refused', async () => {
    const { ready } = emulator;
    const body = JSON.stringify({ KeyId: 'x'.repeat(1_000_001) });
    const answer = await sendRaw(ready.endpoint, signed(ready.endpoint, { headers: json, body }, ready));
    assert.equal(answer.status, 413, answer.body);
  });

  it('cannot reach the prototype of anything through member names', async () => {
    const { ready } = emulator;
    const body = '{"__proto__":{"Limit":1},"constructor":{"prototype":{"Limit":1}}}';
    const answer = await sendRaw(ready.endpoint, signed(ready.endpoint, { headers: json, body }, ready));
    assert.deepEqual([answer.status, answer.body], [200, '{"Keys":[],"Truncated":false}']);
    for (const operation of ['__proto__', 'constructor', 'toString']) {
      const call = signed(ready.endpoint, { headers: targetHeaders(operation), body: '{}' }, ready);
      assert.match((await sendRaw(ready.endpoint, call)).body, /UnknownOperationException/);
    }
  });
});
