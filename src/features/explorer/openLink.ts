import * as vscode from 'vscode';
import { parseKmsArn } from '../../core/kms/arn.ts';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import { runCommand } from '../shared/commands.ts';
import type { Log } from '../shared/log.ts';
import { showError } from '../shared/showError.ts';

/**
 * Links such as `vscode://kms-explorer.kms-explorer/key/arn:aws:kms:...` open a key's panel and do nothing else. A link
 * may come from anywhere, so the user is asked first.
 */
export function registerLinks(log: Log): vscode.Disposable {
  return vscode.window.registerUriHandler({
    async handleUri({ path }) {
      try {
        await openLink(path, confirmKey, (key) => runCommand('kmsExplorer.openKey', { key }));
      } catch (error) {
        showError(error, log);
      }
    },
  });
}

/** Opens the key that the path of a link names, once `confirm` has said yes to its ARN. Rejects with INVALID_REQUEST for a path that names none. */
export async function openLink(path: string, confirm: (arn: string) => Promise<boolean>, open: (key: KeyTarget) => Promise<unknown>): Promise<void> {
  const name = path.startsWith('/key/') ? path.slice('/key/'.length) : '';
  const arn = parseKmsArn(name);
  if (arn?.kind !== 'key') {
    throw new KmsExplorerError('INVALID_REQUEST', vscode.l10n.t('The link names no KMS key. It has to end in /key/ and the ARN of a key.'));
  }
  if (await confirm(name)) await open({ region: arn.region, keyId: arn.resource, arn: name, aliasName: undefined });
}

async function confirmKey(arn: string): Promise<boolean> {
  const open = vscode.l10n.t('Open Key');
  return (await vscode.window.showInformationMessage(vscode.l10n.t('Open the KMS key {0}?', arn), { modal: true }, open)) === open;
}
