import * as vscode from 'vscode';
import type { KeyStoreRow } from '../../../contributions.ts';
import type { CommandTable } from '../../shared/commands.ts';
import type { Log } from '../../shared/log.ts';
import { rowOfMenu } from '../rowOfMenu.ts';
import { chooseKeyStore, type KeyStoreActionParts } from './chooseKeyStore.ts';
import { connectKeyStore, disconnectKeyStore } from './keyStoreConnection.ts';

const { l10n } = vscode;

interface Parts extends KeyStoreActionParts {
  readonly log: Log;
}

/** The commands for custom key stores. */
export function keyStoreCommands(parts: Parts): CommandTable {
  const lost = l10n.t('The row was being drawn again, so nothing was done. Open its menu once more.');
  return {
    'kmsExplorer.createKeyStore': () => create(parts),
    'kmsExplorer.updateKeyStore': (...rows) => update(parts, rowOfMenu(rows, lost)),
    'kmsExplorer.deleteKeyStore': (...rows) => remove(parts, rowOfMenu(rows, lost)),
    'kmsExplorer.connectKeyStore': (...rows) => connectKeyStore(parts, rowOfMenu(rows, lost)),
    'kmsExplorer.disconnectKeyStore': (...rows) => disconnectKeyStore(parts, rowOfMenu(rows, lost)),
  };
}

async function create({ connection, stores, lastCliCall, log }: Parts): Promise<void> {
  const service = await connection.keyService();
  const { keyStoreFlows } = await import('./keyStoreFlows.ts');
  const ask = keyStoreFlows.askAboutKeyStore(l10n.t('KMS: Create Key Store'), log);
  const { region, name, customKeyStoreId, call } = await keyStoreFlows.createKeyStore(service, await connection.regions(), ask);
  await stores.reload(region);
  lastCliCall.tell(l10n.t('Created the key store {0} ({1}). It is disconnected: connect it, then keys can be created in it.', name, customKeyStoreId), [call]);
}

async function update(parts: Parts, row: KeyStoreRow | undefined): Promise<void> {
  const { connection, stores, lastCliCall, log } = parts;
  const title = l10n.t('KMS: Change Key Store');
  const store = await chooseKeyStore(parts, row, title);
  if (store === undefined) return;
  const { keyStoreFlows } = await import('./keyStoreFlows.ts');
  const call = await keyStoreFlows.updateKeyStore(await connection.keyService(), store, keyStoreFlows.askAboutKeyStore(title, log));
  await stores.reload(store.region);
  lastCliCall.tell(l10n.t('Changed the key store {0}.', store.name), [call]);
}

async function remove(parts: Parts, row: KeyStoreRow | undefined): Promise<void> {
  const { connection, catalog, stores, lastCliCall, log } = parts;
  const title = l10n.t('KMS: Delete Key Store');
  const store = await chooseKeyStore(parts, row, title);
  if (store === undefined) return;
  const known = catalog.region(store.region).keys.filter(({ metadata }) => metadata?.customKeyStoreId === store.customKeyStoreId);
  const { keyStoreFlows } = await import('./keyStoreFlows.ts');
  const call = await keyStoreFlows.deleteKeyStore(await connection.keyService(), store, known.length, keyStoreFlows.askAboutKeyStore(title, log));
  await stores.reload(store.region);
  lastCliCall.tell(l10n.t('Deleted the key store {0}.', store.name), [call]);
}
