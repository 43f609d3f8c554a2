import assert from 'node:assert/strict';
import { timeouts } from '../../../src/aws/clientConfig.ts';
import { connect } from '../../../src/aws/connect.ts';
import { describeRegions } from '../../../src/aws/ec2/describeRegions.ts';
import { KmsExplorerError } from '../../../src/core/kms/errorCode.ts';
import { startSignedServer, type SignedReply, type SignedServer } from '../http/signedServer.ts';

const signal = new AbortController().signal;
const namespace = 'xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"';
const item = (name: string) => `<item><regionName>${name}</regionName><regionEndpoint>ec2.${name}.amazonaws.com</regionEndpoint><optInStatus>opt-in-not-required</optInStatus></item>`;
const answer = (...names: readonly string[]): SignedReply => ({ body: `<DescribeRegionsResponse ${namespace}><requestId>1</requestId><regionInfo>${names.map(item).join('')}</regionInfo></DescribeRegionsResponse>` });
const fault = (code: string): SignedReply => ({ status: 403, body: `<Response><Errors><Error><Code>${code}</Code><Message>Words.</Message></Error></Errors><RequestID>1</RequestID></Response>` });

describe('The Regions that an account has enabled', () => {
  let server: SignedServer | undefined;
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  async function ask(reply: SignedReply, secretAccessKey = 'secret'): Promise<readonly string[]> {
    server = await startSignedServer({ service: 'ec2', secretAccessKey: 'secret', reply: () => reply, refusal: () => fault('AuthFailure') });
    const endpoints = { kms: undefined, sts: undefined, iam: undefined, ec2: server.endpoint, accessanalyzer: undefined };
    return describeRegions({ endpoints, credentials: { accessKeyId: 'OWNER', secretAccessKey }, requestHandler: timeouts }, 'eu-west-1', signal);
  }

  for (const [what, names] of [['none', []], ['one', ['eu-west-1']], ['several', ['us-east-1', 'eu-west-1', 'af-south-1']]] as const) {
    it(`are sorted when there are ${what}`, async () => {
      assert.deepEqual(await ask(answer(...names)), [...names].sort());
      assert.deepEqual(server!.asked, [{ url: '/', region: 'eu-west-1', body: 'Action=DescribeRegions&Version=2016-11-15' }]);
    });
  }

  for (const [name, code, message, secret] of [
    ['UnauthorizedOperation', 'ACCESS_DENIED', /the permission ec2:DescribeRegions is needed\. EC2's words: Words\./, 'secret'],
    ['RequestLimitExceeded', 'THROTTLED', /Words/, 'secret'],
    ['AuthFailure', 'INVALID_CREDENTIALS', /does not accept these credentials/, 'another'],
  ] as const) {
    it(`are not told, and why, at ${name}`, () =>
      assert.rejects(ask(fault(name), secret), (error: unknown) => error instanceof KmsExplorerError && error.code === code && message.test(error.message)));
  }

  it('are all of its partition with an emulator, which is not asked', async () => {
    const service = await connect({ kind: 'emulator', address: { endpoint: 'http://127.0.0.1:9', region: 'cn-north-1', accessKeyId: 'a', secretAccessKey: 'b' } });
    assert.deepEqual(await service.enabledRegions(signal), ['cn-north-1', 'cn-northwest-1']);
    service.dispose();
  });
});
