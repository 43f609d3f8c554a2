import * as vscode from 'vscode';
import { explainKeyStore } from '../../core/kms/explain/keyStoreWords.ts';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';
import type { CustomKeyStore } from '../../core/kms/service/customKeyStores.ts';
import type { KeyRow } from '../../contributions.ts';
import { type CommandTable, registerCommands, runCommand } from '../shared/commands.ts';
import type { LastCliCall } from '../shared/lastCliCall.ts';
import type { Log } from '../shared/log.ts';
import type { KeyUses } from '../shared/secrets/keyUses.ts';
import type { SharedKeyCatalog } from '../shared/sharedKeyCatalog.ts';
import type { Connection } from '../shared/connection.ts';
import type { KeyActionParts } from './actions/keyAction.ts';
import { cancelKeyDeletion, scheduleKeyDeletion } from './actions/keyDeletion.ts';
import { moveAlias } from './actions/moveAlias.ts';
import { openInConsole } from './actions/openInConsole.ts';
import { disableKeys, enableKeys } from './actions/setKeyState.ts';
import { tagKeys } from './actions/tagKeys.ts';
import { chooseGrouping, chooseOrder } from './chooseGrouping.ts';
import { copyKeys, type CopiedMember } from './copyKeys.ts';
import { filterKeys } from './filterKeys.ts';
import { keyStoreCommands } from './keyStores/keyStoreCommands.ts';
import { KeyDragAndDrop, registerKeyDrop } from './tree/keyDragAndDrop.ts';
import { KeysView } from './tree/keysView.ts';
import { registerLinks } from './openLink.ts';
import { pickKey } from './pickKey.ts';
import { rowOfMenu } from './rowOfMenu.ts';
import { KeyStores } from './tree/keyStores.ts';
import type { Shelves } from './tree/shelves.ts';

export interface ExplorerParts {
  readonly connection: Connection & { reset(): void };
  readonly catalog: SharedKeyCatalog;
  readonly shelves: Shelves;
  readonly lastCliCall: LastCliCall;
  readonly uses: KeyUses;
  readonly log: Log;
}

/** The Keys view and its commands. Nothing is listed before the view is opened or a command asks. */
export function registerExplorer(parts: ExplorerParts): vscode.Disposable {
  const { catalog, shelves, uses, log } = parts;
  const dragAndDrop = new KeyDragAndDrop((from, to) => moveAlias(parts, from, to));
  const stores = new KeyStores(parts.connection, log);
  const view = new KeysView({ catalog, shelves, stores, uses, dragAndDrop, log });
  return vscode.Disposable.from(
    view,
    stores,
    stores.onDidChangeState((store) => {
      void showKeyStoreChange(catalog, store);
    }),
    registerKeyDrop(),
    registerLinks(log),
    registerCommands(viewCommands(parts, view), log),
    registerCommands(keyCommands(parts, view), log),
    registerCommands(keyStoreCommands({ ...parts, stores }), log),
  );
}

function viewCommands({ connection, catalog }: ExplorerParts, view: KeysView): CommandTable {
  return {
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
    'kmsExplorer.groupKeys': () => chooseGrouping(view, catalog),
    'kmsExplorer.sortKeys': () => chooseOrder(view),
    'kmsExplorer.filterKeys': () => filterKeys(view, catalog),
    'kmsExplorer.clearKeyFilter': () => {
      view.setFilter('');
    },
    'kmsExplorer.showMoreKeys': (row) => {
      if (row !== undefined) view.showMore(row.groupId);
    },
    'kmsExplorer.goToKey': () => goToKey(view, catalog),
  };
}

type Act = (keys: readonly KeyTarget[]) => Promise<void>;

function keyCommands(parts: ExplorerParts, view: KeysView): CommandTable {
  const { catalog, connection, lastCliCall, shelves } = parts;
  const actionParts: KeyActionParts = parts;
  const lost = vscode.l10n.t('The row was being drawn again, so nothing was done. Open its menu once more.');
  /** The rows of a menu, else those selected in the view, else one that the user picks. */
  const onKeys = (title: string, act: Act) => async (...given: [row?: KeyRow, rows?: readonly KeyRow[]]) => {
    const [first, rows] = given;
    const row = rowOfMenu(given.length === 0 ? [] : [first], lost);
    for (const each of rows ?? []) rowOfMenu([each], lost);
    const chosen = rows ?? (row === undefined ? view.selection.map((key) => ({ key })) : [row]);
    const keys = chosen.flatMap((each) => ('key' in each ? [each.key] : []));
    const picked = keys.length > 0 ? keys : [await pickKey(catalog, title)].filter((key) => key !== undefined);
    if (picked.length > 0) await act(picked);
  };
  const copy = (member: CopiedMember) => onKeys(vscode.l10n.t('KMS: Copy'), (keys) => copyKeys(keys, member));
  return {
    'kmsExplorer.copyKeyArn': copy('arn'),
    'kmsExplorer.copyKeyId': copy('keyId'),
    'kmsExplorer.copyKeyAlias': copy('aliasName'),
    'kmsExplorer.pinKey': onKeys(vscode.l10n.t('KMS: Pin Key'), (keys) => shelves.pin(keys)),
    'kmsExplorer.unpinKey': onKeys(vscode.l10n.t('KMS: Unpin Key'), (keys) => shelves.unpin(keys)),
    'kmsExplorer.enableKey': onKeys(vscode.l10n.t('KMS: Enable Key'), (keys) => enableKeys(actionParts, keys)),
    'kmsExplorer.disableKey': onKeys(vscode.l10n.t('KMS: Disable Key'), (keys) => disableKeys(actionParts, keys)),
    'kmsExplorer.tagKeys': onKeys(vscode.l10n.t('KMS: Tag Keys'), (keys) => tagKeys(actionParts, keys)),
    'kmsExplorer.scheduleKeyDeletion': onKeys(vscode.l10n.t('KMS: Schedule Key Deletion'), (keys) => scheduleKeyDeletion(actionParts, keys)),
    'kmsExplorer.cancelKeyDeletion': onKeys(vscode.l10n.t('KMS: Cancel Key Deletion'), (keys) => cancelKeyDeletion(actionParts, keys)),
    'kmsExplorer.openInConsole': onKeys(vscode.l10n.t('KMS: Open in AWS Console'), async ([key]) => {
      if (key !== undefined) await openInConsole(connection, key);
    }),
    'kmsExplorer.copyCliCommand': async () => {
      await copyLastCall(lastCliCall);
    },
  };
}

/** The keys of a store are usable or not with its connection; a failure is told, for it may come minutes later. */
async function showKeyStoreChange(catalog: SharedKeyCatalog, store: CustomKeyStore): Promise<void> {
  if (store.connectionState === 'FAILED') {
    void vscode.window.showErrorMessage(vscode.l10n.t('KMS could not connect to {0}. {1}', store.name, explainKeyStore(store).join(' ')));
  }
  const { keys } = catalog.region(store.region);
  await catalog.renew(keys.filter(({ metadata }) => metadata?.customKeyStoreId === store.customKeyStoreId));
}

async function copyLastCall({ text }: LastCliCall): Promise<void> {
  if (text === '') {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing was changed yet that could be copied as a CLI command.'));
    return;
  }
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied as a CLI command'), 4_000);
}

async function goToKey(view: KeysView, catalog: SharedKeyCatalog): Promise<void> {
  const key = await pickKey(catalog, vscode.l10n.t('KMS: Go to Key'));
  if (key === undefined) return;
  await view.reveal(key);
  await runCommand('kmsExplorer.openKey', { key });
}
