import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { KeyTarget } from '../../../core/kms/keyTarget.ts';
import { usesCount, usesLines, type KeyUses, type WorkspaceUses } from '../../shared/secrets/keyUses.ts';

/** Where the keys are used in the workspace as it is now; undefined when no folder is open. The user can end the search. */
export async function findUses(keyUses: KeyUses, keys: readonly KeyTarget[]): Promise<WorkspaceUses | undefined> {
  if ((vscode.workspace.workspaceFolders ?? []).length === 0) return undefined;
  await keyUses.scan();
  return keyUses.usesOf(keys);
}

/** Says what of the workspace would stop decrypting, and asks; asks nothing when nothing would. Rejects with CANCELLED. */
export async function confirmUses(uses: WorkspaceUses | undefined, question: string, goOn: string): Promise<void> {
  if (uses === undefined || uses.uses.length === 0) return;
  const detail = [vscode.l10n.t('{0} could not be decrypted any more:', usesCount(uses)), ...usesLines(uses)].join('\n');
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, goOn);
  if (answer !== goOn) throw new KmsExplorerError('CANCELLED', 'The keys are in use.');
}
