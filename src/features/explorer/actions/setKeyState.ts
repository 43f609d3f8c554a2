import * as vscode from 'vscode';
import type { KeyTarget } from '../../../core/kms/keyTarget.ts';
import { confirmUses, findUses } from './confirmUses.ts';
import { keyWords, performOnKeys, type KeyActionParts } from './keyAction.ts';

export async function enableKeys(parts: KeyActionParts, keys: readonly KeyTarget[]): Promise<void> {
  await performOnKeys(parts, keys, {
    title: vscode.l10n.t('KMS: Enabling Keys'),
    done: (changed) => vscode.l10n.t('Enabled {0}.', keyWords(changed)),
    perform: (service, key, signal) => service.enableKey(key, signal),
    cli: ({ arn, region }) => ({ command: 'enable-key', region, options: [['key-id', arn]] }),
  });
}

/** Disabling can be undone at once, so it needs no confirmation but where values of the workspace need the keys. Rejects with CANCELLED. */
export async function disableKeys(parts: KeyActionParts, keys: readonly KeyTarget[]): Promise<void> {
  await confirmUses(await findUses(parts.uses, keys), vscode.l10n.t('Disable {0}?', keyWords(keys)), vscode.l10n.t('Disable'));
  await performOnKeys(parts, keys, {
    title: vscode.l10n.t('KMS: Disabling Keys'),
    done: (changed) => vscode.l10n.t('Disabled {0}. Nothing can be encrypted or decrypted with it until it is enabled again.', keyWords(changed)),
    perform: (service, key, signal) => service.disableKey(key, signal),
    cli: ({ arn, region }) => ({ command: 'disable-key', region, options: [['key-id', arn]] }),
  });
}
