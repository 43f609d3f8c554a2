import * as vscode from 'vscode';
import { isBlocking, isDoubtful } from '../../core/policy/lint/blockingProblem.ts';
import type { LintFacts } from '../../core/policy/lint/diagnostic.ts';
import { lintPolicy } from '../../core/policy/lint/lintPolicy.ts';
import { positionAt } from '../../core/policy/lint/positionAt.ts';
import { lintKey } from '../../core/policy/keyAccess/keyFacts.ts';
import type { OpenedPolicy } from './openedPolicy.ts';

/** Asks the user in a dialog that stops everything else; resolves whether they agree. */
export type Confirm = (message: string, detail: string, button: string) => Promise<boolean>;

/** What the lint knows of an opened policy besides its text. */
export function factsOf({ metadata, caller }: OpenedPolicy): LintFacts {
  return { key: lintKey(metadata), ...(caller === undefined ? {} : { caller }) };
}

/** Refuses a text that KMS refuses for certain, with the place of the first problem. */
export function refuseBroken(text: string, facts: LintFacts): void {
  const problem = lintPolicy(text, facts).find(isBlocking);
  if (problem === undefined) return;
  const { line, column } = positionAt(text, problem.offset);
  throw vscode.FileSystemError.Unavailable(vscode.l10n.t('Nothing was saved. Line {0}, column {1}: {2}', line, column, problem.message));
}

/** Whether the text is to be sent although the lint finds errors in what it means; KMS has the last word about those. */
export async function confirmErrors(text: string, facts: LintFacts, name: string, confirm: Confirm): Promise<boolean> {
  const doubtful = lintPolicy(text, facts).filter(isDoubtful);
  if (doubtful.length === 0) return true;
  const lines = doubtful.map(({ offset, message }) => vscode.l10n.t('Line {0}: {1}', positionAt(text, offset).line, message));
  return confirm(vscode.l10n.t('There are errors in the key policy of {0}.', name), lines.join('\n'), vscode.l10n.t('Save Anyway'));
}

export async function confirmLockout(name: string, callerArn: string | undefined, confirm: Confirm): Promise<boolean> {
  return confirm(
    vscode.l10n.t('With this policy you lock yourself out of {0}.', name),
    vscode.l10n.t('{0} could never change the policy of this key again. If nobody else can, only AWS Support gets the key back.', callerArn ?? vscode.l10n.t('You')),
    vscode.l10n.t('Save and Lock Me Out'),
  );
}
