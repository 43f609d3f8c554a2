import type { AnalyzerFinding, PublicAccess } from '../../kms/service/policyAnalysis.ts';
import { parsePolicy } from '../parse/parsePolicy.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';

const severities: Readonly<Record<AnalyzerFinding['findingType'], Severity>> = {
  ERROR: 'error',
  SECURITY_WARNING: 'warning',
  WARNING: 'warning',
  SUGGESTION: 'information',
};

/** KMS takes Sids with spaces, and the console writes them; the check of Access Analyzer is for the policies of IAM. */
const notForKeys: readonly string[] = ['UNSUPPORTED_SID'];

/** What ValidatePolicy finds in a text, as the lint tells it. A finding without a place is about the whole text. */
export function findingDiagnostics(text: string, findings: readonly AnalyzerFinding[]): readonly Diagnostic[] {
  return findings
    .filter(({ issueCode }) => !notForKeys.includes(issueCode))
    .flatMap(({ findingType, issueCode, details, learnMoreLink, spans }) => {
      const places = spans.length === 0 ? [{ offset: 0, length: text.length }] : spans;
      const message = `IAM Access Analyzer: ${details}`;
      return places.map(({ offset, length }): Diagnostic => {
        const start = Math.min(offset, text.length);
        return { code: `AWS ${issueCode}`, severity: severities[findingType], message, link: pageOf(learnMoreLink), fix: undefined, offset: start, length: Math.min(length, text.length - start) };
      });
    });
}

const checks = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html';

/** The answer comes from a service, and a link is something that people follow. */
function pageOf(link: string): string {
  return link.startsWith('https://docs.aws.amazon.com/') ? link : checks;
}

/** Why CheckNoPublicAccess finds a policy open to the public, at the statements that make it so. */
export function publicAccessDiagnostics(text: string, { isPublic, reasons }: PublicAccess): readonly Diagnostic[] {
  if (!isPublic) return [];
  const { statements } = parsePolicy(text);
  const told = reasons.length === 0 ? [{ description: 'The policy can give the public access to the key.', statementIndex: undefined }] : reasons;
  return told.map(({ description, statementIndex }): Diagnostic => {
    const { offset, length } = (statementIndex === undefined ? undefined : statements[statementIndex]) ?? { offset: 0, length: text.length };
    const link = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-checks-validating-policies.html';
    return { code: 'AWS PUBLIC_ACCESS', severity: 'warning', message: `IAM Access Analyzer: ${description}`, link, fix: undefined, offset, length };
  });
}
