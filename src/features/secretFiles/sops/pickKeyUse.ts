import * as vscode from 'vscode';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import type { KmsKeyUse } from '../../../core/secrets/sops/sopsPorts.ts';
import type { SopsOperations } from '../../../core/secrets/sopsOperations.ts';
import { askEncryptionContext, mayAskForContext, settingsContext } from '../../shared/secrets/askEncryptionContext.ts';
import { pickEncryptionKey } from '../../shared/secrets/pickEncryptionKey.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';

/** A key that the user picked for a file of SOPS, with the encryption context that the file is to name. */
export async function pickKeyUse(parts: SecretParts, sops: SopsOperations, scope: vscode.Uri): Promise<{ readonly use: KmsKeyUse; readonly label: string }> {
  const key = await pickEncryptionKey(parts, await parts.connection.keyService());
  const title = vscode.l10n.t('KMS: Encryption Context, Written Into the File');
  const encryptionContext = mayAskForContext(scope) ? await askEncryptionContext(scope, title) : settingsContext(scope);
  return { use: sops.keyUse(key.arn, { encryptionContext }), label: keyLabel(key) };
}
