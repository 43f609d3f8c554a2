import * as vscode from 'vscode';
import type { KeySummary } from '../../../core/kms/catalog/keySummary.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import { withProgress } from '../../shared/withProgress.ts';
import type { KeyActionParts } from './keyAction.ts';

/**
 * Moves an alias from one key to another of the same Region, after the user confirmed it. Rejects with INVALID_REQUEST
 * for keys between which no alias can move, and as KMS refuses.
 */
export async function moveAlias(parts: KeyActionParts, from: KeySummary, to: KeySummary): Promise<void> {
  if (from.region !== to.region) {
    throw new KmsExplorerError('INVALID_REQUEST', vscode.l10n.t('An alias stays in its Region: {0} is in {1}, {2} in {3}.', keyLabel(from), from.region, keyLabel(to), to.region));
  }
  if (from.keyManager === 'AWS' || from.aliasNames.length === 0) {
    throw new KmsExplorerError('INVALID_REQUEST', vscode.l10n.t('{0} has no alias of yours that could be moved.', keyLabel(from)));
  }
  const alias = from.aliasNames.length === 1 ? from.aliasNames[0] : await vscode.window.showQuickPick(from.aliasNames, { title: vscode.l10n.t('KMS: Alias to Move to {0}', keyLabel(to)) });
  if (alias === undefined) return;
  const move = vscode.l10n.t('Move Alias');
  const detail = vscode.l10n.t('Programs that name the alias encrypt under the other key from then on. What they encrypted before still needs the first one to be decrypted.');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Move {0} from {1} to {2}?', alias, from.keyId, to.keyId),
    { modal: true, detail },
    move,
  );
  if (answer !== move) return;
  const service = await parts.connection.keyService();
  await withProgress(vscode.l10n.t('KMS: Moving Alias'), (signal) => service.updateAlias({ region: to.region, keyId: to.keyId }, alias, signal));
  await parts.catalog.reload(to.region);
  parts.lastCliCall.tell(vscode.l10n.t('{0} now stands for {1}.', alias, to.keyId), [
    { command: 'update-alias', region: to.region, options: [['alias-name', alias], ['target-key-id', to.keyId]] },
  ]);
}
