import * as vscode from 'vscode';
import type { SharedKeyCatalog } from '../shared/sharedKeyCatalog.ts';
import { withProgress } from '../shared/withProgress.ts';
import type { Grouping, SortOrder } from './tree/grouping.ts';
import type { KeysView } from './tree/keysView.ts';

/** Lets the user choose how the Keys view is grouped. */
export async function chooseGrouping(view: KeysView, catalog: SharedKeyCatalog): Promise<void> {
  const { l10n } = vscode;
  const choices: readonly (vscode.QuickPickItem & { grouping: Grouping })[] = [
    { grouping: 'region', label: l10n.t('Region, then type') },
    { grouping: 'type', label: l10n.t('Type, then Region') },
    { grouping: 'alias', label: l10n.t('Alias'), description: l10n.t('by the first part of its path') },
    { grouping: 'tag', label: l10n.t('Tag'), description: l10n.t('asks KMS for the tags of every key') },
    { grouping: 'state', label: l10n.t('Key state'), description: l10n.t('describes every key') },
    { grouping: 'store', label: l10n.t('Key store'), description: l10n.t('describes every key') },
  ];
  const items = choices.map((choice) => ({ ...choice, label: `${choice.grouping === view.grouping ? '$(check) ' : ''}${choice.label}` }));
  const picked = await vscode.window.showQuickPick(items, { title: l10n.t('KMS: Group Keys By') });
  if (picked === undefined) return;
  if (picked.grouping !== 'tag') {
    view.group(picked.grouping);
    return;
  }
  const tagKey = await pickTagKey(catalog);
  if (tagKey !== undefined) view.group('tag', tagKey);
}

/** The tags that the keys have; KMS tells them one key at a time, so this can be cancelled. */
async function pickTagKey(catalog: SharedKeyCatalog): Promise<string | undefined> {
  const keys = await withProgress(vscode.l10n.t('KMS: Reading Tags'), async (signal) => {
    await catalog.loadDetails({ metadata: false, tags: true }, signal);
    return catalog.allKeys(signal);
  });
  const names = new Set(keys.flatMap(({ tags = [] }) => tags.map(({ tagKey }) => tagKey)));
  const placeHolder = names.size === 0 ? vscode.l10n.t('No key of the chosen Regions has a tag.') : vscode.l10n.t('Tag by whose values the keys are grouped');
  return vscode.window.showQuickPick([...names].sort(), { title: vscode.l10n.t('KMS: Group Keys By Tag'), placeHolder });
}

/** Lets the user choose the order of the keys in a group. */
export async function chooseOrder(view: KeysView): Promise<void> {
  const { l10n } = vscode;
  const choices: readonly (vscode.QuickPickItem & { order: SortOrder })[] = [
    { order: 'name', label: l10n.t('Name') },
    { order: 'created', label: l10n.t('Newest first'), description: l10n.t('describes every key') },
    { order: 'spec', label: l10n.t('Key spec'), description: l10n.t('describes every key') },
  ];
  const items = choices.map((choice) => ({ ...choice, label: `${choice.order === view.order ? '$(check) ' : ''}${choice.label}` }));
  const picked = await vscode.window.showQuickPick(items, { title: l10n.t('KMS: Sort Keys By') });
  if (picked !== undefined) view.sort(picked.order);
}
