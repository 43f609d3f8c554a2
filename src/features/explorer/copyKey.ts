import * as vscode from 'vscode';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';

/** What can be copied of a key; an alias is copied as the APIs take it, with its `alias/` prefix. */
export type CopiedMember = 'arn' | 'keyId' | 'aliasName';

/** Copies a name of the key and says what was copied. */
export async function copyKey(key: KeyTarget, member: CopiedMember): Promise<void> {
  const text = key[member];
  if (text === undefined) {
    throw new KmsExplorerError('NOT_FOUND', vscode.l10n.t('The key {0} has no alias to copy.', key.keyId));
  }
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', text), 4_000);
}
