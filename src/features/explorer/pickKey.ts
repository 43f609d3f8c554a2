import * as vscode from 'vscode';
import { keyLabel, keySummaryLine } from '../../core/kms/keyLabels.ts';
import type { KeySummary } from '../../core/kms/catalog/keySummary.ts';
import type { SharedKeyCatalog } from '../shared/sharedKeyCatalog.ts';

interface KeyItem extends vscode.QuickPickItem {
  readonly key: KeySummary;
}

/**
 * Lets the user pick a key among those of all chosen Regions, by alias, id, Region or description. The list opens at
 * once and fills when the Regions are in; closing it ends the wait.
 */
export async function pickKey(catalog: SharedKeyCatalog, title: string): Promise<KeySummary | undefined> {
  const controller = new AbortController();
  const picker = vscode.window.createQuickPick<KeyItem>();
  picker.title = title;
  picker.placeholder = vscode.l10n.t('Alias, key ID, ARN or Region');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.busy = true;
  picker.show();
  try {
    const closed = new Promise<undefined>((resolve) => {
      picker.onDidHide(() => {
        resolve(undefined);
      });
    });
    const accepted = new Promise<KeySummary | undefined>((resolve) => {
      picker.onDidAccept(() => {
        resolve(picker.selectedItems[0]?.key);
      });
    });
    const filled = catalog.allKeys(controller.signal).then((keys) => {
      picker.items = keys.map(toItem);
      picker.busy = false;
      return accepted;
    });
    return await Promise.race([filled, closed]);
  } finally {
    controller.abort();
    picker.dispose();
  }
}

function toItem(key: KeySummary): KeyItem {
  const others = key.aliasNames.slice(1).map((name) => name.replace(/^alias\//, ''));
  const details = key.metadata === undefined ? [] : [keySummaryLine(key.metadata), key.metadata.description];
  return {
    key,
    label: `$(key) ${keyLabel(key)}`,
    description: [key.region, ...others].join(' · '),
    detail: [key.arn, ...details].filter((part) => part !== '').join(' · '),
  };
}
