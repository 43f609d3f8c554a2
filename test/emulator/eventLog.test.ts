import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { eventLog } from '../../src/emulator/eventLog.ts';
import type { CallEvent } from '../../src/protocol/emulator.ts';

describe('The event log', () => {
  const call: CallEvent = {
    event: 'call', operation: 'Encrypt', region: 'eu-west-1', principal: null, keyId: 'a\u202e\nb', encryptionContextKeys: [], decision: 'allow', reason: 'r', statement: null, error: null, ms: 1,
  };

  it('writes the calls of one turn at once, and before what is announced after them', async () => {
    const written: string[] = [];
    const log = eventLog('json', (lines) => written.push(lines));
    void log.call(call);
    const last = log.call(call);
    assert.deepEqual(written, []);
    await last;
    assert.deepEqual(written, [`${JSON.stringify(call)}\n`.repeat(2)]);
    void log.call(call);
    log.announce({ event: 'stopped' });
    assert.deepEqual(written.slice(1), [`${JSON.stringify(call)}\n`, '{"event":"stopped"}\n']);
    await turn();
    assert.equal(written.length, 3);
  });

  it('writes no calls when it is off', () => {
    const log = eventLog('off', () => assert.fail());
    assert.equal(log.call(call), undefined);
  });

  it('keeps each call on its line when it is pretty', async () => {
    const written: string[] = [];
    const log = eventLog('pretty', (lines) => written.push(lines));
    await log.call(call);
    assert.match(written.join(''), /^\S+ {2}Encrypt {2}eu-west-1 {2}ok {2}1 ms {2}a\\u202e\\u000ab\n$/);
  });
});
