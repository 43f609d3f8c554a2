import * as vscode from 'vscode';
import type { DocumentPosition, KeyRow } from '../../../contributions.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { withProgress } from '../../shared/withProgress.ts';
import { reEncryptValue, requireReEncryptable } from './reEncryptValue.ts';

/** Asks whether a key may be enabled; rejects when it may not. */
export type AgreeToEnable = (label: string) => Promise<void>;

/**
 * Encrypts a value under another key when its own is disabled or pending deletion: KMS decrypts with an enabled key only,
 * so that one is brought back first, when the user agrees. It stays enabled, since other values may need it as well.
 */
export async function moveToOtherKey(
  parts: SecretParts,
  position: DocumentPosition | undefined,
  row: KeyRow | undefined,
  agree: AgreeToEnable = askToEnable,
): Promise<void> {
  if (row === undefined) return;
  const { region, arn } = row.key;
  const label = keyLabel(row.key);
  await requireReEncryptable(position);
  await agree(label);
  const service = await parts.connection.keyService();
  const key = { region, keyId: arn };
  await withProgress(vscode.l10n.t('KMS: Enabling Keys'), async (signal) => {
    const { keyState } = await service.describeKey(key, signal);
    if (keyState === 'PendingDeletion') await service.cancelKeyDeletion(key, signal);
    if (keyState !== 'Enabled') await service.enableKey(key, signal);
  });
  await parts.catalog.renew([{ region, keyId: row.key.keyId }]);
  await reEncryptValue(parts, position);
  void vscode.window.showInformationMessage(vscode.l10n.t('{0} is enabled now. Disable it or delete it again when nothing needs it any more.', label));
}

async function askToEnable(label: string): Promise<void> {
  const enable = vscode.l10n.t('Enable and Re-encrypt');
  const detail = vscode.l10n.t('KMS decrypts with enabled keys only. A deletion that is pending is cancelled. The key stays enabled afterwards.');
  const answer = await vscode.window.showWarningMessage(vscode.l10n.t('Enable {0} to re-encrypt the value?', label), { modal: true, detail }, enable);
  if (answer !== enable) throw new KmsExplorerError('CANCELLED', 'The key is not to be enabled.');
}
