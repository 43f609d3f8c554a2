import * as vscode from 'vscode';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';
import type { KeyRow } from '../../contributions.ts';
import { registerCommands, runCommand } from '../shared/commands.ts';
import type { Log } from '../shared/log.ts';
import type { SharedKeyCatalog } from '../shared/sharedKeyCatalog.ts';
import type { Connection } from '../shared/connection.ts';
import { copyKey, type CopiedMember } from './copyKey.ts';
import { filterKeys } from './filterKeys.ts';
import { KeysView } from './keysView.ts';
import { pickKey } from './pickKey.ts';

export interface ExplorerParts {
  readonly connection: Connection & { reset(): void };
  readonly catalog: SharedKeyCatalog;
  readonly log: Log;
}

/** The Keys view and its commands. Nothing is listed before the view is opened or a command asks. */
export function registerExplorer({ connection, catalog, log }: ExplorerParts): vscode.Disposable {
  const view = new KeysView(catalog, log);
  const copy = (member: CopiedMember) => async (row?: KeyRow) => {
    const key: KeyTarget | undefined = row?.key ?? (await pickKey(catalog, vscode.l10n.t('KMS: Copy')));
    if (key !== undefined) await copyKey(key, member);
  };
  return vscode.Disposable.from(
    view,
    registerCommands(
      {
        'kmsExplorer.refreshKeys': () => {
          connection.reset();
        },
        'kmsExplorer.retryRegion': async (row) => {
          if (row === undefined || row.region === '') connection.reset();
          else await catalog.load(row.region);
        },
        'kmsExplorer.groupByType': () => {
          view.group('type');
        },
        'kmsExplorer.groupByRegion': () => {
          view.group('region');
        },
        'kmsExplorer.filterKeys': () => filterKeys(view, catalog),
        'kmsExplorer.clearKeyFilter': () => {
          view.setFilter('');
        },
        'kmsExplorer.showMoreKeys': (row) => {
          if (row !== undefined) view.showMore(row.groupId);
        },
        'kmsExplorer.goToKey': () => goToKey(view, catalog),
        'kmsExplorer.copyKeyArn': copy('arn'),
        'kmsExplorer.copyKeyId': copy('keyId'),
        'kmsExplorer.copyKeyAlias': copy('aliasName'),
      },
      log,
    ),
  );
}

async function goToKey(view: KeysView, catalog: SharedKeyCatalog): Promise<void> {
  const key = await pickKey(catalog, vscode.l10n.t('KMS: Go to Key'));
  if (key === undefined) return;
  await view.reveal(key);
  await runCommand('kmsExplorer.openKey', { key });
}
