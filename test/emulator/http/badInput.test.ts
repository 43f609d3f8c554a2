import assert from 'node:assert/strict';
import { ListAliasesCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { sampleSeed } from '../support/sampleSeed.ts';
import { type RawRequest, sendRaw, signed, type Signing, targetHeaders } from '../support/rawRequest.ts';

describe('Bad input at the door', () => {
  let emulator: EmulatorProcess;
  before(async () => {
    emulator = await startEmulator({ seed: sampleSeed });
  });
  after(() => emulator.stop());

  const region = 'eu-west-1';
  const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);
  const create = targetHeaders('CreateKey');

  interface Row {
    readonly title: string;
    readonly request?: RawRequest;
    readonly signing?: Partial<Signing>;
    readonly unsigned?: boolean;
    readonly change?: (request: RawRequest) => RawRequest;
    readonly answer: readonly [status: number, code: string];
  }
  const nested = (depth: number): string => `{"Tags":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const rows: readonly Row[] = [
    { title: 'a body that is not JSON', request: { body: '{"Description":' }, answer: [400, 'SerializationException'] },
    { title: 'a body that is a list', request: { body: '[]' }, answer: [400, 'SerializationException'] },
    { title: 'a body that is null', request: { body: 'null' }, answer: [400, 'SerializationException'] },
    { title: 'a body that is a text', request: { body: '"{}"' }, answer: [400, 'SerializationException'] },
    { title: 'a body in XML', request: { body: '<a/>' }, answer: [400, 'SerializationException'] },
    { title: 'a member of the wrong type', request: { body: '{"Description":{"__proto__":1}}' }, answer: [400, 'SerializationException'] },
    { title: 'JSON nested too deep', request: { body: nested(100) }, answer: [400, 'SerializationException'] },
    { title: 'JSON nested as deep as a body allows', request: { body: nested(400_000) }, answer: [400, 'SerializationException'] },
    { title: 'a body over the limit', request: { body: JSON.stringify({ Description: 'x'.repeat(1_000_000) }) }, answer: [413, 'RequestEntityTooLargeException'] },
    { title: 'another content type', request: { headers: { ...create, 'content-type': 'text/xml' } }, answer: [415, 'AccessDeniedException'] },
    { title: 'an unknown operation', request: { headers: targetHeaders('DropKey') }, answer: [400, 'UnknownOperationException'] },
    { title: 'an operation of another service', request: { headers: { ...create, 'x-amz-target': 'DynamoDB.CreateKey' } }, answer: [400, 'UnknownOperationException'] },
    { title: 'no operation', request: { headers: { 'content-type': 'application/x-amz-json-1.1' } }, answer: [400, 'UnknownOperationException'] },
    { title: 'another path', request: { path: '/keys' }, answer: [400, 'UnknownOperationException'] },
    { title: 'no signature', unsigned: true, answer: [400, 'MissingAuthenticationTokenException'] },
    { title: 'a wrong signature', signing: { secretAccessKey: 'wrong' }, answer: [400, 'InvalidSignatureException'] },
    { title: 'a body other than the signed one', change: (request) => ({ ...request, body: '{"Description":"x"}' }), answer: [400, 'InvalidSignatureException'] },
    { title: 'an expired date', signing: { time: minutes(-10) }, answer: [400, 'InvalidSignatureException'] },
    { title: 'a future date', signing: { time: minutes(10) }, answer: [400, 'InvalidSignatureException'] },
    { title: 'a date that is none', change: (request) => ({ ...request, headers: { ...request.headers, 'x-amz-date': 'today' } }), answer: [400, 'IncompleteSignatureException'] },
    { title: 'an unknown access key', signing: { accessKeyId: 'AKIANOBODY' }, answer: [400, 'UnrecognizedClientException'] },
    { title: 'an access key with the name of a property', signing: { accessKeyId: '__proto__' }, answer: [400, 'UnrecognizedClientException'] },
    { title: 'administration that is unknown', request: { path: '/_emulator/stop' }, answer: [400, 'UnknownOperationException'] },
  ];

  const state = async (): Promise<unknown> => {
    const client = emulator.client(region);
    const { Keys } = await client.send(new ListKeysCommand({ Limit: 1000 }));
    const { Aliases } = await client.send(new ListAliasesCommand({}));
    return { Keys, Aliases };
  };
  const send = (row: Pick<Row, 'request' | 'signing' | 'unsigned' | 'change'>) => {
    const { endpoint } = emulator.ready;
    const request = { headers: create, body: '{}', ...row.request };
    const correct = row.unsigned === true ? request : signed(endpoint, request, { ...emulator.ready, region, ...row.signing });
    return sendRaw(endpoint, row.change ? row.change(correct) : correct);
  };

  for (const row of rows) {
    it(`answers ${row.title} in AWS’s shape, and changes nothing`, async () => {
      const before = await state();
      const { status, headers, body } = await send(row);
      const answer = JSON.parse(body) as { __type: string; message?: string };
      assert.deepEqual([status, answer.__type], row.answer, body);
      assert.ok(Object.keys(answer).every((name) => name === '__type' || name === 'message'), body);
      assert.doesNotMatch(body, /\bat .*:\d+:\d+|node:|\.ts\b/);
      assert.equal(headers['content-type'], 'application/x-amz-json-1.1');
      assert.deepEqual(await state(), before);
    });
  }

  it('takes members called __proto__ for unknown ones', async () => {
    const { status, body } = await send({ request: { headers: targetHeaders('ListKeys'), body: '{"__proto__":{"Limit":"many"},"constructor":1,"Limit":1}' } });
    assert.equal(status, 200, body);
  });

  it('never answers with a fault of its own, whatever JSON it gets for whatever operation', async function () {
    this.timeout(60_000);
    const operation = fc.constantFrom('CreateKey', 'Encrypt', 'Decrypt', 'ListKeys', 'ListAliases', 'Sign', 'PutKeyPolicy', 'TagResource', 'GenerateDataKey', 'ReEncrypt', 'VerifyMac', 'CreateAlias');
    const member = fc.constantFrom('KeyId', 'Plaintext', 'CiphertextBlob', 'EncryptionContext', 'Limit', 'Marker', 'Tags', 'Policy', 'KeySpec', 'SigningAlgorithm', 'Message', '__proto__', 'constructor');
    const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('alias/x', 'arn:aws:kms:eu-west-1:111122223333:key/x', 'AQICAHg=', 'SYMMETRIC_DEFAULT'));
    const input = fc.array(fc.tuple(member, value), { maxLength: 5 }).map((members) => `{${members.map(([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`).join(',')}}`);
    await fc.assert(
      fc.asyncProperty(operation, input, async (name, body) => {
        // A key made by chance would be an answer like any other, so only refusals are wanted from CreateKey.
        const { status } = await send({ request: { headers: targetHeaders(name), body: name === 'CreateKey' ? body.replace('{', '{"KeyUsage":"NONE",').replace(',}', '}') : body } });
        assert.ok(status === 200 || status === 400, `${name} ${body} ${status}`);
      }),
      { numRuns: 150 },
    );
  });
});
