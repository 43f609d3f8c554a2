import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { connect } from '../../src/aws/connect.ts';
import { KmsExplorerError } from '../../src/core/kms/errorCode.ts';
import type { KeyService } from '../../src/core/kms/service/keyService.ts';
import { AnalyzerAnswers } from '../../src/features/policyDocument/analyzerAnswers.ts';
import { startAnalyzerServer, type AnalyzerReply } from '../aws/accessAnalyzer/analyzerServer.ts';
import type { SignedServer } from '../aws/http/signedServer.ts';

const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Decrypt', Resource: '*' }] });
const span = { start: { line: 1, column: 0, offset: 0 }, end: { line: 1, column: 1, offset: 1 } };
const finding = { findingType: 'WARNING', issueCode: 'MISSING_SOMETHING', findingDetails: 'Add it.', learnMoreLink: '', locations: [{ path: [], span }] };
const replies: Readonly<Record<string, AnalyzerReply>> = {
  '/policy/validation': { body: { findings: [finding] } },
  '/policy/check-no-public-access': { body: { result: 'FAIL', reasons: [{ description: 'Everybody.', statementIndex: 0 }] } },
};
const denied: AnalyzerReply = { status: 403, exception: 'AccessDeniedException', body: { message: 'No.' } };
const places = { AWS_ACCESS_KEY_ID: 'OWNER', AWS_SECRET_ACCESS_KEY: 'secret' };

describe('The answers of IAM Access Analyzer about documents', () => {
  const kept = new Map(Object.keys({ ...places, AWS_ENDPOINT_URL_ACCESSANALYZER: '' }).map((name) => [name, process.env[name]]));
  let server: SignedServer;
  let service: KeyService;
  let answers: AnalyzerAnswers;

  async function begin(reply: (path: string) => AnalyzerReply): Promise<void> {
    server = await startAnalyzerServer('secret', reply);
    Object.assign(process.env, places, { AWS_ENDPOINT_URL_ACCESSANALYZER: server.endpoint });
    service = await connect({ kind: 'aws', profile: undefined, region: 'eu-west-1' });
    answers = new AnalyzerAnswers({ keyService: () => Promise.resolve(service) });
  }
  afterEach(async () => {
    service.dispose();
    answers.dispose();
    await server.stop();
    for (const [name, value] of kept) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  const open = (content: string) => vscode.workspace.openTextDocument({ language: 'json', content });
  const codes = (document: vscode.TextDocument) => answers.of(document).map(({ code }) => code);

  it('are those of both checks, and go when the text changes', async () => {
    await begin((path) => replies[path]!);
    const document = await open(policy);
    await answers.ask(document);
    assert.deepEqual(codes(document), ['AWS MISSING_SOMETHING', 'AWS PUBLIC_ACCESS']);
    assert.deepEqual(server.asked.map(({ region, body }) => [region, (JSON.parse(body) as { policyDocument: string }).policyDocument]), [['eu-west-1', policy], ['eu-west-1', policy]]);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), ' ');
    await vscode.workspace.applyEdit(edit);
    assert.deepEqual(codes(document), []);
  });

  it('are kept of one check when the other is refused, which is told', async () => {
    await begin((path) => (path === '/policy/validation' ? denied : replies[path]!));
    const document = await open(policy);
    await assert.rejects(answers.ask(document), (error: unknown) => error instanceof KmsExplorerError && error.code === 'ACCESS_DENIED' && error.message.includes('access-analyzer:ValidatePolicy'));
    assert.deepEqual(codes(document), ['AWS PUBLIC_ACCESS']);
  });

  it('are not asked for about a text that is no policy, or holds more', async () => {
    await begin((path) => replies[path]!);
    for (const text of ['{"Statement":', `{"KeyPolicy":${policy}}`]) {
      await assert.rejects(answers.ask(await open(text)), (error: unknown) => error instanceof KmsExplorerError && error.code === 'UNSUPPORTED_FILE');
    }
    assert.deepEqual(server.asked, []);
  });
});
