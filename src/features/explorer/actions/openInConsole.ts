import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { consoleAddress } from '../../../core/kms/consoleAddress.ts';
import type { KeyTarget } from '../../../core/kms/keyTarget.ts';
import type { Connection } from '../../shared/connection.ts';

/** Opens a key in the AWS console. Rejects with INVALID_REQUEST for a key that the console does not know. */
export async function openInConsole(connection: Connection, key: KeyTarget): Promise<void> {
  if (connection.backend === 'emulator') {
    throw new KmsExplorerError('INVALID_REQUEST', vscode.l10n.t('The keys of the local emulator are on this machine alone; the AWS console does not know them.'));
  }
  const address = consoleAddress(key);
  if (address === undefined) {
    throw new KmsExplorerError('INVALID_REQUEST', vscode.l10n.t('The partition of {0} has no public console.', key.region));
  }
  await vscode.env.openExternal(vscode.Uri.parse(address, true));
}
