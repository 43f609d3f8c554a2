import type { AnalyzerFinding, PolicyAnalysis, PublicAccess } from '../../core/kms/service/policyAnalysis.ts';
import type { AnalyzerCall } from './analyzerRequest.ts';

/** Makes a call and gives the JSON of its answer. */
export type AskAnalyzer = (call: AnalyzerCall, region: string, signal: AbortSignal) => Promise<unknown>;

/** The checks of IAM Access Analyzer. There is no resource type for keys in ValidatePolicy, which checks what holds for every resource policy then. */
export function policyAnalysis(ask: AskAnalyzer): PolicyAnalysis {
  return {
    validatePolicy: async (policyDocument, region, signal) => {
      const body = { policyDocument, policyType: 'RESOURCE_POLICY', locale: 'EN' };
      const findings: AnalyzerFinding[] = [];
      let query = '';
      do {
        const answer = await ask({ operation: 'ValidatePolicy', path: `/policy/validation${query}`, body }, region, signal);
        findings.push(...listOf(answer, 'findings').flatMap(findingOf));
        const next = textOf(answer, 'nextToken');
        query = next === undefined ? '' : `?nextToken=${encodeURIComponent(next)}`;
      } while (query !== '');
      return findings;
    },
    checkNoPublicAccess: async (policyDocument, region, signal) => {
      const body = { policyDocument, resourceType: 'AWS::KMS::Key' };
      return publicAccessOf(await ask({ operation: 'CheckNoPublicAccess', path: '/policy/check-no-public-access', body }, region, signal));
    },
  };
}

const findingTypes = ['ERROR', 'SECURITY_WARNING', 'WARNING', 'SUGGESTION'] as const;

function findingOf(finding: unknown): readonly AnalyzerFinding[] {
  const findingType = findingTypes.find((type) => type === textOf(finding, 'findingType'));
  const issueCode = textOf(finding, 'issueCode');
  if (findingType === undefined || issueCode === undefined) return [];
  const spans = listOf(finding, 'locations').flatMap((location) => {
    const span = memberOf(location, 'span');
    const [start, end] = [numberOf(memberOf(span, 'start'), 'offset'), numberOf(memberOf(span, 'end'), 'offset')];
    return start === undefined || end === undefined ? [] : [{ offset: start, length: Math.max(0, end - start) }];
  });
  return [{ findingType, issueCode, details: textOf(finding, 'findingDetails') ?? '', learnMoreLink: textOf(finding, 'learnMoreLink') ?? '', spans }];
}

function publicAccessOf(answer: unknown): PublicAccess {
  const reasons = listOf(answer, 'reasons').map((reason) => ({
    description: textOf(reason, 'description') ?? '',
    statementIndex: numberOf(reason, 'statementIndex'),
  }));
  return { isPublic: textOf(answer, 'result') !== 'PASS', reasons };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)).get(name) : undefined;
}

function textOf(value: unknown, name: string): string | undefined {
  const member = memberOf(value, name);
  return typeof member === 'string' ? member : undefined;
}

function numberOf(value: unknown, name: string): number | undefined {
  const member = memberOf(value, name);
  return typeof member === 'number' ? member : undefined;
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const member = memberOf(value, name);
  return Array.isArray(member) ? member : [];
}
