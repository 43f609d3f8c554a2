import assert from 'node:assert/strict';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { type RawRequest, sendRaw, signed, type Signing, targetHeaders } from '../support/rawRequest.ts';

describe('Signatures', () => {
  let emulator: EmulatorProcess;
  before(async () => {
    emulator = await startEmulator({ args: ['--credentials', 'test:secret'] });
  });
  after(() => emulator.stop());

  const base: RawRequest = { headers: targetHeaders('ListKeys'), body: '{}' };
  const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);

  interface Case {
    readonly title: string;
    readonly signing?: Partial<Signing>;
    readonly request?: RawRequest;
    readonly change?: (request: RawRequest) => RawRequest;
    readonly answer: readonly [status: number, code: string | undefined];
  }

  const header = (name: string, edit: (value: string) => string | undefined) => (request: RawRequest): RawRequest => {
    const headers = { ...request.headers };
    const value = edit(headers[name] ?? '');
    if (value === undefined) Reflect.deleteProperty(headers, name);
    else headers[name] = value;
    return { ...request, headers };
  };

  const invalid = [400, 'InvalidSignatureException'] as const;
  const incomplete = [400, 'IncompleteSignatureException'] as const;
  const cases: readonly Case[] = [
    { title: 'lets a signed request through', answer: [200, undefined] },
    { title: 'lets an unsigned extra header through', change: header('x-extra', () => 'a'), answer: [200, undefined] },
    {
      title: 'signs over a security token when the client does',
      request: { ...base, headers: { ...base.headers, 'x-amz-security-token': 'token' } },
      answer: [200, undefined],
    },
    {
      title: 'lets a payload through that the client left unsigned',
      request: { ...base, headers: { ...base.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
      answer: [200, undefined],
    },
    {
      title: 'refuses a signed content hash that is not the hash of the body',
      request: { ...base, headers: { ...base.headers, 'x-amz-content-sha256': '0'.repeat(64) } },
      answer: invalid,
    },
    { title: 'refuses a wrong secret', signing: { secretAccessKey: 'other' }, answer: invalid },
    { title: 'refuses a body changed after signing', change: (request) => ({ ...request, body: '{ }' }), answer: invalid },
    { title: 'refuses another operation than was signed', change: header('x-amz-target', () => 'TrentService.CreateKey'), answer: invalid },
    { title: 'refuses a signed header that is missing', change: header('content-type', (value) => `${value};charset=utf-8`), answer: invalid },
    { title: 'refuses an unknown access key', signing: { accessKeyId: 'nobody' }, answer: [400, 'UnrecognizedClientException'] },
    { title: 'refuses no signature at all', change: header('authorization', () => undefined), answer: [400, 'MissingAuthenticationTokenException'] },
    { title: 'refuses another algorithm', change: header('authorization', (value) => value.replace('AWS4-HMAC', 'AWS4-OTHER')), answer: incomplete },
    { title: 'refuses a header without a signature', change: header('authorization', (value) => value.replace(/, Signature=.*/, '')), answer: incomplete },
    { title: 'refuses a request without a date', change: header('x-amz-date', () => undefined), answer: incomplete },
    { title: 'refuses a signature for another service', signing: { service: 's3' }, answer: invalid },
    { title: 'refuses a scope that names no Region', signing: { region: 'nowhere' }, answer: invalid },
    { title: 'refuses a signature older than five minutes', signing: { time: minutes(-6) }, answer: invalid },
    { title: 'refuses a signature from the future', signing: { time: minutes(6) }, answer: invalid },
    { title: 'lets a clock that is four minutes off through', signing: { time: minutes(-4) }, answer: [200, undefined] },
  ];
  for (const { title, signing, request = base, change, answer } of cases) {
    it(title, async () => {
      const { endpoint } = emulator.ready;
      const correct = signed(endpoint, request, { accessKeyId: 'test', secretAccessKey: 'secret', region: 'eu-west-1', ...signing });
      const { status, body } = await sendRaw(endpoint, change ? change(correct) : correct);
      const { __type: code } = JSON.parse(body) as { __type?: string };
      assert.deepEqual([status, code], answer, body);
    });
  }

  it('does not repeat the secret or the signature in any event', () => {
    assert.doesNotMatch(JSON.stringify(emulator.events().slice(1)), /secret|Signature=/);
  });
});
