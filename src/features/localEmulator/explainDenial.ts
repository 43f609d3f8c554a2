import * as vscode from 'vscode';
import type { CallEvent } from '../../protocol/emulator.ts';
import { denialWords } from './denialWords.ts';
import { offerPolicy } from './offerPolicy.ts';

/** Says why the emulator of this window denied the last call that it denied, with the way to what decided. */
export async function explainDenial(denial: CallEvent | undefined, isOwn: boolean): Promise<void> {
  if (denial !== undefined) {
    await offerPolicy(denial, denialWords(denial));
    return;
  }
  void vscode.window.showInformationMessage(isOwn ? vscode.l10n.t('The local emulator has denied no call since this window started it.') : seesNoCalls());
}

/** Only the process that started an emulator reads its events. */
export function seesNoCalls(): string {
  return vscode.l10n.t('This window runs no emulator of its own, so it sees no calls. The process that started the emulator does.');
}
