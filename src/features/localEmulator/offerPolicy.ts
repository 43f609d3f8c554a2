import * as vscode from 'vscode';
import { parseKmsArn } from '../../core/kms/arn.ts';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';
import type { CallEvent } from '../../protocol/emulator.ts';
import { runCommand } from '../shared/commands.ts';

/** Tells of a call, and opens the policy of its key, at the statement that decided where there is one. */
export async function offerPolicy(call: CallEvent, message: string): Promise<void> {
  const key = keyOf(call);
  const { statement } = call;
  const open = statement === null ? vscode.l10n.t('Open Key Policy') : vscode.l10n.t('Show Statement');
  const picked = await vscode.window.showInformationMessage(message, ...(key === undefined ? [] : [open]));
  if (picked === open && key !== undefined) await runCommand('kmsExplorer.openKeyPolicy', { key, ...(statement === null ? {} : { statement }) });
}

function keyOf({ keyId }: CallEvent): KeyTarget | undefined {
  const arn = keyId === null ? undefined : parseKmsArn(keyId);
  if (keyId === null || arn?.kind !== 'key') return undefined;
  return { region: arn.region, keyId: arn.resource, arn: keyId, aliasName: undefined };
}
