import * as vscode from 'vscode';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import { keyLabel } from '../../core/kms/keyLabels.ts';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';

/** What can be copied of a key; an alias is copied as the APIs take it, with its `alias/` prefix. */
export type CopiedMember = 'arn' | 'keyId' | 'aliasName';

/** Copies a name of each key, a line each, and says what was copied. Rejects with NOT_FOUND for a key without an alias. */
export async function copyKeys(keys: readonly KeyTarget[], member: CopiedMember): Promise<void> {
  const texts = keys.map((key) => {
    const text = key[member];
    if (text === undefined) throw new KmsExplorerError('NOT_FOUND', vscode.l10n.t('The key {0} has no alias to copy.', keyLabel(key)));
    return text;
  });
  await vscode.env.clipboard.writeText(texts.join('\n'));
  const what = texts.length === 1 ? (texts[0] ?? '') : vscode.l10n.t('{0} lines', texts.length);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', what), 4_000);
}
