import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import type { KeyTarget } from '../../../core/kms/keyTarget.ts';
import { usesCount, type WorkspaceUses } from '../../shared/secrets/keyUses.ts';
import { confirmUses, findUses } from './confirmUses.ts';
import { keyWords, performOnKeys, type KeyActionParts } from './keyAction.ts';
import { disableKeys } from './setKeyState.ts';

const days = [7, 14, 30];

/**
 * Schedules the deletion of keys: the user is told what of the workspace needs them, is offered to disable them instead,
 * chooses the waiting period and types what is hit. Rejects with CANCELLED when the user leaves it.
 */
export async function scheduleKeyDeletion(parts: KeyActionParts, keys: readonly KeyTarget[]): Promise<void> {
  const uses = await findUses(parts.uses, keys);
  const window = await askForWindow(keys, uses);
  if (window === 'disable') {
    await disableKeys(parts, keys);
    return;
  }
  await confirmUses(uses, vscode.l10n.t('Delete {0} in {1} days?', keyWords(keys), window), vscode.l10n.t('Go On'));
  await confirm(keys, window);
  await performOnKeys(parts, keys, {
    title: vscode.l10n.t('KMS: Scheduling Deletion'),
    done: (changed) => scheduledWords(changed, window),
    perform: (service, key, signal) => service.scheduleKeyDeletion(key, window, signal),
    cli: ({ arn, region }) => ({
      command: 'schedule-key-deletion',
      region,
      options: [
        ['key-id', arn],
        ['pending-window-in-days', String(window)],
      ],
    }),
  });
}

/** A multi-Region primary key waits for its replica keys (https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-delete.html). */
function scheduledWords(changed: readonly KeyTarget[], window: number): string {
  const words = vscode.l10n.t('{0} will be deleted in {1} days. Until then "KMS: Cancel Key Deletion" brings it back.', keyWords(changed), window);
  if (!changed.some(({ keyId }) => keyId.startsWith('mrk-'))) return words;
  return vscode.l10n.t('{0} For a primary key the days begin when its last replica key is deleted.', words);
}

async function askForWindow(keys: readonly KeyTarget[], uses: WorkspaceUses | undefined): Promise<number | 'disable'> {
  const choices = [
    {
      label: vscode.l10n.t('Disable instead'),
      detail: vscode.l10n.t('Nothing can use the key, and it can be enabled again at any time. The safe way to find out whether it is needed.'),
      window: 'disable' as const,
    },
    ...days.toReversed().map((count) => ({
      label: vscode.l10n.t('Delete after {0} days', count),
      detail: vscode.l10n.t('What was encrypted under the key can never be decrypted once it is deleted.'),
      window: count,
    })),
  ];
  const title = vscode.l10n.t('KMS: Schedule Deletion of {0}', keyWords(keys));
  const inUse = uses !== undefined && uses.uses.length > 0;
  const placeHolder = inUse ? vscode.l10n.t('Encrypted under it: {0}', usesCount(uses)) : vscode.l10n.t('How the deletion is to go');
  const picked = await vscode.window.showQuickPick(choices, { title, placeHolder, ignoreFocusOut: true });
  if (picked === undefined) throw cancelled();
  return picked.window;
}

/** One key is confirmed by its name, several by their number: neither is typed by accident. */
async function confirm(keys: readonly KeyTarget[], window: number): Promise<void> {
  const [first] = keys;
  const wanted = keys.length === 1 && first !== undefined ? keyLabel(first) : String(keys.length);
  const names = keys.map(keyLabel).join(', ');
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('KMS: Schedule Deletion'),
    prompt: vscode.l10n.t('To delete {0} in {1} days, for good, type {2}', names, window, wanted),
    placeHolder: wanted,
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' || wanted.startsWith(text) ? undefined : vscode.l10n.t('Type {0} to go on.', wanted)),
  });
  if (typed !== wanted) throw cancelled();
}

/** A key that is saved comes back disabled, as KMS leaves it. */
export async function cancelKeyDeletion(parts: KeyActionParts, keys: readonly KeyTarget[]): Promise<void> {
  await performOnKeys(parts, keys, {
    title: vscode.l10n.t('KMS: Cancelling Deletion'),
    done: (changed) => vscode.l10n.t('{0} will not be deleted. It is disabled; enable it to use it.', keyWords(changed)),
    perform: (service, key, signal) => service.cancelKeyDeletion(key, signal),
    cli: ({ arn, region }) => ({ command: 'cancel-key-deletion', region, options: [['key-id', arn]] }),
  });
}

function cancelled(): KmsExplorerError {
  return new KmsExplorerError('CANCELLED', 'The deletion was not confirmed.');
}
