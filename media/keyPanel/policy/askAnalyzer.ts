import { findingDiagnostics, publicAccessDiagnostics } from '../../../src/core/policy/lint/analyzerDiagnostics.ts';
import type { KeyPanelMethods } from '../../../src/protocol/keyPanel.ts';
import type { RpcClient } from '../../../src/protocol/rpc.ts';
import { failureOf } from '../settled.ts';
import type { PolicyAnswers } from './policyEdit.ts';

/** The checks of IAM Access Analyzer that a user can ask for. */
export type AnalyzerCheck = 'validatePolicy' | 'checkNoPublicAccess';

export interface AnalyzerAnswer {
  readonly answers: Partial<PolicyAnswers>;
  /** What came of it, for the status line; undefined when it failed. */
  readonly notice: string | undefined;
}

/** Asks IAM Access Analyzer about a text, in the user's account. */
export async function askAnalyzer(client: RpcClient<KeyPanelMethods>, check: AnalyzerCheck, text: string): Promise<AnalyzerAnswer> {
  try {
    if (check === 'validatePolicy') {
      const findings = findingDiagnostics(text, await client.call('validatePolicy', text));
      return { answers: { findings }, notice: `IAM Access Analyzer has validated the policy and ${foundWords(findings.length)}.` };
    }
    const publicAccess = publicAccessDiagnostics(text, await client.call('checkNoPublicAccess', text));
    const outcome = publicAccess.length === 0 ? 'gives the public no access' : 'can give the public access to the key';
    return { answers: { publicAccess }, notice: `IAM Access Analyzer says that the policy ${outcome}.` };
  } catch (error) {
    return { answers: { failure: failureOf(error) }, notice: undefined };
  }
}

function foundWords(count: number): string {
  if (count === 0) return 'found nothing to change';
  return count === 1 ? 'found one thing to look at' : `found ${count} things to look at`;
}
