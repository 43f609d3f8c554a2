import * as vscode from 'vscode';
import { parseKmsArn } from '../../core/kms/arn.ts';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';
import type { CallEvent } from '../../protocol/emulator.ts';
import { runCommand } from '../shared/commands.ts';
import { denialWords } from './denialWords.ts';

/** Says why the emulator of this window denied the last call that it denied, with the way to the policy of the key. */
export async function explainDenial(denial: CallEvent | undefined, isOwn: boolean): Promise<void> {
  if (denial === undefined) {
    void vscode.window.showInformationMessage(
      isOwn
        ? vscode.l10n.t('The local emulator has denied no call since this window started it.')
        : vscode.l10n.t('This window runs no emulator of its own, so it sees no calls. The process that started the emulator does.'),
    );
    return;
  }
  const key = keyOf(denial);
  const open = vscode.l10n.t('Open Key Policy');
  const picked = await vscode.window.showInformationMessage(denialWords(denial), ...(key === undefined ? [] : [open]));
  if (picked === open && key !== undefined) await runCommand('kmsExplorer.openKeyPolicy', { key });
}

function keyOf({ keyId }: CallEvent): KeyTarget | undefined {
  const arn = keyId === null ? undefined : parseKmsArn(keyId);
  if (keyId === null || arn?.kind !== 'key') return undefined;
  return { region: arn.region, keyId: arn.resource, arn: keyId, aliasName: undefined };
}
