import assert from 'node:assert/strict';
import type { AnalyzerFinding } from '../../../../src/core/kms/service/policyAnalysis.ts';
import { findingDiagnostics, publicAccessDiagnostics } from '../../../../src/core/policy/lint/analyzerDiagnostics.ts';

const text = '{"Statement":[{"Effect":"Allow"},{"Effect":"Deny"}]}';
const finding = (more: Partial<AnalyzerFinding>): AnalyzerFinding => ({ findingType: 'WARNING', issueCode: 'X', details: 'Words.', learnMoreLink: 'https://docs.aws.amazon.com/x', spans: [{ offset: 1, length: 11 }], ...more });
const show = (diagnostics: ReturnType<typeof findingDiagnostics>) => diagnostics.map(({ code, severity, offset, length }) => `${code} ${severity} ${text.slice(offset, offset + length)}`);

describe('findingDiagnostics', () => {
  for (const [what, given, expected] of [
    ['an error', { findingType: 'ERROR' }, ['AWS X error "Statement"']],
    ['a suggestion', { findingType: 'SUGGESTION' }, ['AWS X information "Statement"']],
    ['a finding at two places', { spans: [{ offset: 0, length: 1 }, { offset: 13, length: 1 }] }, ['AWS X warning {', 'AWS X warning [']],
    ['a finding without a place', { spans: [] }, [`AWS X warning ${text}`]],
    ['a place behind the text', { spans: [{ offset: 1000, length: 5 }] }, ['AWS X warning ']],
    ['nothing of Sids with spaces, which KMS takes', { issueCode: 'UNSUPPORTED_SID' }, []],
  ] as const) {
    it(`tells ${what}`, () => {
      assert.deepEqual(show(findingDiagnostics(text, [finding(given)])), expected);
    });
  }

  it('links to AWS alone', () => {
    const links = ['https://docs.aws.amazon.com/x', 'https://docs.aws.amazon.com.example/', 'javascript:0'].map((learnMoreLink) => findingDiagnostics(text, [finding({ learnMoreLink })])[0]!.link);
    assert.equal(links[0], 'https://docs.aws.amazon.com/x');
    assert.ok(links.slice(1).every((link) => link === 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html'));
  });
});

describe('publicAccessDiagnostics', () => {
  for (const [what, isPublic, reasons, expected] of [
    ['nothing of a policy that is not', false, [], []],
    ['the statement', true, [{ description: 'Everybody.', statementIndex: 1 }], ['AWS PUBLIC_ACCESS warning {"Effect":"Deny"}']],
    ['the whole policy where no statement is named', true, [], [`AWS PUBLIC_ACCESS warning ${text}`]],
    ['the whole policy where the statement is not there', true, [{ description: 'Everybody.', statementIndex: 7 }], [`AWS PUBLIC_ACCESS warning ${text}`]],
  ] as const) {
    it(`tells ${what}`, () => {
      assert.deepEqual(show(publicAccessDiagnostics(text, { isPublic, reasons })), expected);
    });
  }
});
