import * as vscode from 'vscode';
import { parseKmsArn } from '../../core/kms/arn.ts';
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
        await openLink(path);
      } catch (error) {
        showError(error, log);
      }
    },
  });
}

async function openLink(path: string): Promise<void> {
  const name = path.startsWith('/key/') ? path.slice('/key/'.length) : '';
  const arn = parseKmsArn(name);
  if (arn?.kind !== 'key') {
    throw new KmsExplorerError('INVALID_REQUEST', vscode.l10n.t('The link names no KMS key. It has to end in /key/ and the ARN of a key.'));
  }
  const open = vscode.l10n.t('Open Key');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Open the KMS key {0}?', name), { modal: true }, open);
  if (answer !== open) return;
  await runCommand('kmsExplorer.openKey', { key: { region: arn.region, keyId: arn.resource, arn: name, aliasName: undefined } });
}
