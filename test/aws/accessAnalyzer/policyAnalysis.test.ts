import assert from 'node:assert/strict';
import { analyzerRequest } from '../../../src/aws/accessAnalyzer/analyzerRequest.ts';
import { policyAnalysis } from '../../../src/aws/accessAnalyzer/policyAnalysis.ts';
import { timeouts } from '../../../src/aws/clientConfig.ts';
import { KmsExplorerError } from '../../../src/core/kms/errorCode.ts';
import type { PolicyAnalysis } from '../../../src/core/kms/service/policyAnalysis.ts';
import type { SignedServer } from '../http/signedServer.ts';
import { startAnalyzerServer, type AnalyzerReply } from './analyzerServer.ts';

const region = 'eu-west-1';
const policy = '{"Statement":[{"Sid":"ünï & ço"}]}';
const signal = new AbortController().signal;
const place = (start: number, end: number) => ({ path: [{ value: 'Statement' }], span: { start: { line: 1, column: start, offset: start }, end: { line: 1, column: end, offset: end } } });
const finding = (issueCode: string, more: object = {}) => ({ findingType: 'WARNING', issueCode, findingDetails: `About ${issueCode}.`, learnMoreLink: 'https://docs.aws.amazon.com/x', locations: [], ...more });

describe('IAM Access Analyzer', () => {
  let server: SignedServer | undefined;
  afterEach(async () => {
    await server?.stop();
  });

  async function analyzer(reply: (url: string) => AnalyzerReply, { secret = 'a secret/+', isEmulator = false } = {}): Promise<PolicyAnalysis> {
    server = await startAnalyzerServer('a secret/+', reply);
    const config = {
      endpoints: { kms: undefined, sts: undefined, iam: undefined, ec2: undefined, accessanalyzer: server.endpoint },
      credentials: { accessKeyId: 'OWNER', secretAccessKey: secret },
      requestHandler: timeouts,
    };
    return policyAnalysis((call, where, abort) => analyzerRequest(config, where, isEmulator, call, abort));
  }
  const rejects = (call: Promise<unknown>, code: string, message: RegExp) =>
    assert.rejects(call, (error: unknown) => error instanceof KmsExplorerError && error.code === code && message.test(error.message));

  it('is asked for every page of findings, signed for the Region of the key', async () => {
    const pages = [
      { findings: [finding('ONE', { locations: [place(1, 4), place(9, 9)] })], nextToken: 'a token/+=&' },
      { findings: [finding('TWO', { findingType: 'ERROR' }), finding('NEW', { findingType: 'HINT' }), 'nonsense'] },
    ];
    const service = await analyzer((url) => ({ body: url.includes('?') ? pages[1]! : pages[0]! }));
    const findings = await service.validatePolicy(policy, region, signal);
    assert.deepEqual(findings.map(({ findingType, issueCode, details, spans }) => [findingType, issueCode, details, spans]), [
      ['WARNING', 'ONE', 'About ONE.', [{ offset: 1, length: 3 }, { offset: 9, length: 0 }]],
      ['ERROR', 'TWO', 'About TWO.', []],
    ]);
    const body = JSON.stringify({ policyDocument: policy, policyType: 'RESOURCE_POLICY', locale: 'EN' });
    assert.deepEqual(server!.asked, [
      { url: '/policy/validation', region, body },
      { url: '/policy/validation?nextToken=a%20token%2F%2B%3D%26', region, body },
    ]);
  });

  for (const [result, isPublic] of [['PASS', false], ['FAIL', true]] as const) {
    it(`says that a policy with the result ${result} is ${isPublic ? '' : 'not '}open to the public`, async () => {
      const service = await analyzer(() => ({ body: { result, message: 'Words.', reasons: isPublic ? [{ description: 'Everybody.', statementIndex: 1 }] : [] } }));
      assert.deepEqual(await service.checkNoPublicAccess(policy, region, signal), { isPublic, reasons: isPublic ? [{ description: 'Everybody.', statementIndex: 1 }] : [] });
      assert.deepEqual(server!.asked, [{ url: '/policy/check-no-public-access', region, body: JSON.stringify({ policyDocument: policy, resourceType: 'AWS::KMS::Key' }) }]);
    });
  }

  it('names the permission that is missing', async () => {
    const service = await analyzer(() => ({ status: 403, exception: 'AccessDeniedException', body: { message: 'User alice is not authorized.' } }));
    await rejects(service.validatePolicy(policy, region, signal), 'ACCESS_DENIED', /permission access-analyzer:ValidatePolicy is needed\. Its words: User alice/);
  });

  it('tells of a wrong secret', async () => {
    const service = await analyzer(() => ({ body: {} }), { secret: 'another' });
    await rejects(service.validatePolicy(policy, region, signal), 'INVALID_CREDENTIALS', /AWS does not accept these credentials/);
  });

  it('tells that it is busy', async () => {
    const service = await analyzer(() => ({ status: 429, exception: 'ThrottlingException', body: { message: 'Slow down.' } }));
    await rejects(service.checkNoPublicAccess(policy, region, signal), 'THROTTLED', /Slow down/);
  });

  it('is not asked with an emulator', async () => {
    const service = await analyzer(() => ({ body: {} }), { isEmulator: true });
    await rejects(service.validatePolicy(policy, region, signal), 'UNSUPPORTED_OPERATION', /a service of AWS, which the local emulator does not have/);
    assert.deepEqual(server!.asked, []);
  });
});
