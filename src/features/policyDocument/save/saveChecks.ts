import * as vscode from 'vscode';
import type { LintFacts } from '../../../core/policy/lint/diagnostic.ts';
import type { PolicyReview } from '../../../core/policy/review/reviewPolicy.ts';
import { policyEngine } from '../policyEngine.ts';

/** How the user is asked before a policy is sent. */
export interface SaveQuestions {
  /** Asks in a dialog that stops everything else; resolves whether they agree. */
  readonly confirm: (message: string, detail: string, button: string) => Promise<boolean>;
  /** Has them type the name of the key for what cannot be undone; resolves whether they did. */
  readonly confirmByName: (message: string, name: string) => Promise<boolean>;
}

/** Refuses a text that KMS refuses for certain, with the place of the first problem. */
export async function refuseBroken(text: string, facts: LintFacts): Promise<void> {
  const { isBlocking, lintPolicy, positionAt } = await policyEngine();
  const problem = lintPolicy(text, facts).find(isBlocking);
  if (problem === undefined) return;
  const { line, column } = positionAt(text, problem.offset);
  throw vscode.FileSystemError.Unavailable(vscode.l10n.t('Nothing was saved. Line {0}, column {1}: {2}', line, column, problem.message));
}

/** Whether the text is to be sent although the lint finds errors in what it means; KMS has the last word about those. */
export async function confirmErrors(text: string, facts: LintFacts, name: string, { confirm }: SaveQuestions): Promise<boolean> {
  const { isDoubtful, lintPolicy, positionAt } = await policyEngine();
  const doubtful = lintPolicy(text, facts).filter(isDoubtful);
  if (doubtful.length === 0) return true;
  const lines = doubtful.map(({ offset, message }) => vscode.l10n.t('Line {0}: {1}', positionAt(text, offset).line, message));
  return confirm(vscode.l10n.t('There are errors in the key policy of {0}.', name), lines.join('\n'), vscode.l10n.t('Save Anyway'));
}

/** Whether the text is to be sent with what it gives and takes; nobody is asked when it does neither. */
export async function confirmChanges({ gains, losses }: PolicyReview, name: string, { confirm }: SaveQuestions): Promise<boolean> {
  if (gains.length === 0 && losses.length === 0) return true;
  const parts = [
    ...(gains.length === 0 ? [] : [vscode.l10n.t('Who gains:'), ...gains]),
    ...(losses.length === 0 ? [] : [vscode.l10n.t('Who loses:'), ...losses]),
  ];
  return confirm(vscode.l10n.t('This key policy changes who may use {0}.', name), parts.join('\n'), vscode.l10n.t('Save'));
}

/** Whether the caller wants to lose the key. */
export async function confirmLockout(name: string, callerArn: string | undefined, { confirmByName }: SaveQuestions): Promise<boolean> {
  const who = callerArn ?? vscode.l10n.t('You');
  const message = vscode.l10n.t('With this policy you lock yourself out of {0}: {1} could never change it again. If nobody else can, only AWS Support gets the key back. To save it all the same, type {0}.', name, who);
  return confirmByName(message, name);
}
