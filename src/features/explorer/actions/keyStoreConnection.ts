import * as vscode from 'vscode';
import type { KeyStoreRow } from '../../../contributions.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { keyStoreSummary } from '../../../core/kms/explain/keyStoreWords.ts';
import type { CustomKeyStore } from '../../../core/kms/service/customKeyStores.ts';
import { withProgress } from '../../shared/withProgress.ts';
import type { KeyStores } from '../tree/keyStores.ts';
import type { KeyActionParts } from './keyAction.ts';

export interface KeyStoreActionParts extends KeyActionParts {
  readonly stores: KeyStores;
}

/** Asks KMS to connect a custom key store; its row shows how that goes on. Rejects with NOT_FOUND when there is none to connect. */
export async function connectKeyStore(parts: KeyStoreActionParts, row: KeyStoreRow | undefined): Promise<void> {
  const { connection, stores, lastCliCall } = parts;
  const store = await storeFor(parts, row, vscode.l10n.t('KMS: Connect Key Store'), ['DISCONNECTED']);
  if (store === undefined) return;
  const { region, customKeyStoreId, name } = store;
  const service = await connection.keyService();
  await withProgress(vscode.l10n.t('KMS: Connecting Key Store'), (signal) => service.connectCustomKeyStore(region, customKeyStoreId, signal));
  await stores.reload(region);
  lastCliCall.tell(vscode.l10n.t('KMS is connecting to {0}. That can take up to 20 minutes.', name), [
    { command: 'connect-custom-key-store', region, options: [['custom-key-store-id', customKeyStoreId]] },
  ]);
}

/** Disconnects a custom key store after the user confirmed it: nothing can use its keys from then on. */
export async function disconnectKeyStore(parts: KeyStoreActionParts, row: KeyStoreRow | undefined): Promise<void> {
  const { connection, stores, lastCliCall } = parts;
  const store = await storeFor(parts, row, vscode.l10n.t('KMS: Disconnect Key Store'), ['CONNECTED', 'CONNECTING', 'FAILED']);
  if (store === undefined) return;
  const { region, customKeyStoreId, name } = store;
  const disconnect = vscode.l10n.t('Disconnect');
  const detail = vscode.l10n.t('None of its keys can be used until it is connected again, and none can be created in it.');
  if ((await vscode.window.showWarningMessage(vscode.l10n.t('Disconnect the key store {0}?', name), { modal: true, detail }, disconnect)) !== disconnect) return;
  const service = await connection.keyService();
  await withProgress(vscode.l10n.t('KMS: Disconnecting Key Store'), (signal) => service.disconnectCustomKeyStore(region, customKeyStoreId, signal));
  await stores.reload(region);
  lastCliCall.tell(vscode.l10n.t('KMS disconnects from {0}. Its keys cannot be used.', name), [
    { command: 'disconnect-custom-key-store', region, options: [['custom-key-store-id', customKeyStoreId]] },
  ]);
}

/** The store of the row, else one that the user picks among those in a fitting state; undefined when they leave. */
async function storeFor({ connection, stores }: KeyStoreActionParts, row: KeyStoreRow | undefined, title: string, states: readonly string[]): Promise<CustomKeyStore | undefined> {
  await stores.ensure(await connection.regions());
  const named = row === undefined ? undefined : stores.find(row.value);
  if (named !== undefined) return named;
  const fitting = stores.all().filter(({ connectionState }) => states.includes(connectionState));
  if (fitting.length === 0) throw new KmsExplorerError('NOT_FOUND', vscode.l10n.t('The chosen Regions have no custom key store for which this can be done.'));
  const items = fitting.map((store) => ({ label: store.name, description: `${store.region} · ${keyStoreSummary(store)}`, detail: store.customKeyStoreId, store }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true }))?.store;
}
