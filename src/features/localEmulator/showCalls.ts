import * as vscode from 'vscode';
import type { CallEvent } from '../../protocol/emulator.ts';
import { denialWords, isDenial } from './denialWords.ts';
import { seesNoCalls } from './explainDenial.ts';
import { offerPolicy } from './offerPolicy.ts';

/** Lists the last calls that the emulator of this window answered; the one that is picked is explained. */
export async function showCalls(calls: readonly CallEvent[], isOwn: boolean): Promise<void> {
  if (calls.length === 0) {
    void vscode.window.showInformationMessage(isOwn ? vscode.l10n.t('The local emulator has answered no call since this window started it.') : seesNoCalls());
    return;
  }
  const picked = await vscode.window.showQuickPick(calls.map((call) => ({ ...rowOf(call), call })), {
    title: vscode.l10n.t('KMS: Show Emulator Calls'),
    placeHolder: vscode.l10n.t('The last calls, the newest first'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked !== undefined) await offerPolicy(picked.call, isDenial(picked.call) ? denialWords(picked.call) : picked.call.reason);
}

function rowOf({ operation, region, principal, keyId, error, ms }: CallEvent): vscode.QuickPickItem {
  const outcome = error ?? vscode.l10n.t('{0} ms', ms);
  return {
    label: `$(${error === null ? 'pass' : 'error'}) ${operation}`,
    description: [outcome, region].filter((part) => part !== null).join(' · '),
    detail: [keyId, principal].filter((part) => part !== null).join(' · '),
  };
}
