import assert from 'node:assert/strict';
import { answerRequest, RpcClient, RpcError, type RpcFailure, type RpcHandlers } from '../../src/protocol/rpc.ts';

interface Methods {
  double: { params: number; result: number };
  fail: { params: null; result: null };
}

const handlers: RpcHandlers<Methods> = {
  double: { read: (params) => (typeof params === 'number' ? { params } : undefined), run: (params) => params * 2 },
  fail: {
    read: () => ({ params: null }),
    run: () => { throw new Error('not for the view'); },
  },
};
const toFailure = (): RpcFailure => ({ code: 'KMS_FAULT', message: 'It went wrong.' });

/** A client whose messages take the way through JSON, as they do between a webview and its host. */
function connected(): RpcClient<Methods> {
  const client = new RpcClient<Methods>((message) => {
    void answerRequest(JSON.parse(JSON.stringify(message)), handlers, toFailure).then((response) => {
      if (response !== undefined) client.receive(response);
    });
  });
  return client;
}

const request = { kind: 'request', id: 7, method: 'double', params: 21 };
const strangers: readonly { name: string; message: unknown; answer: unknown }[] = [
  { name: 'a request is answered under its id', message: request, answer: { kind: 'result', id: 7, result: 42 } },
  { name: 'what is no request is not answered', message: 'hello', answer: undefined },
  { name: 'a request without an id is not answered', message: { ...request, id: 'x' }, answer: undefined },
  { name: 'an event is not answered', message: { kind: 'event', name: 'double' }, answer: undefined },
];
const refusals: readonly { name: string; message: unknown; words: RegExp }[] = [
  { name: 'an unknown method is refused', message: { ...request, method: 'triple' }, words: /"triple", which is unknown/ },
  { name: 'a method every object has is refused', message: { ...request, method: 'constructor' }, words: /"constructor", which is unknown/ },
  { name: 'arguments of the wrong kind are refused', message: { ...request, params: '21' }, words: /"double" with arguments it cannot have/ },
];

describe('the messages between a view and its host', () => {
  for (const { name, message, answer } of strangers) {
    it(name, async () => { assert.deepEqual(await answerRequest(message, handlers, toFailure), answer); });
  }

  for (const { name, message, words } of refusals) {
    it(name, async () => {
      const response = await answerRequest(message, handlers, toFailure);
      assert.equal(response?.kind, 'failure');
      assert.equal(response.failure.code, 'INVALID_MESSAGE');
      assert.match(response.failure.message, words);
    });
  }

  it('a call gets its own result', async () => {
    const client = connected();
    assert.deepEqual(await Promise.all([client.call('double', 1), client.call('double', 2)]), [2, 4]);
  });

  it('a failure arrives as an error with its code and without the words of what was thrown', async () => {
    await assert.rejects(connected().call('fail', null), (error) => {
      assert.ok(error instanceof RpcError);
      assert.deepEqual(error.failure, { code: 'KMS_FAULT', message: 'It went wrong.' });
      return true;
    });
  });

  it('a response nobody waits for is left alone', () => {
    assert.equal(connected().receive({ kind: 'result', id: 99, result: null }), false);
  });
});
