import * as vscode from 'vscode';
import type { KeyStoreRow } from '../../../contributions.ts';
import { keyStoreCall } from '../../../core/kms/keyStores/keyStoreCalls.ts';
import { withProgress } from '../../shared/withProgress.ts';
import { chooseKeyStore, type KeyStoreActionParts } from './chooseKeyStore.ts';

/** Asks KMS to connect a custom key store; its row shows how that goes on. Rejects with NOT_FOUND when there is none to connect. */
export async function connectKeyStore(parts: KeyStoreActionParts, row: KeyStoreRow | undefined): Promise<void> {
  const { connection, stores, lastCliCall } = parts;
  const store = await chooseKeyStore(parts, row, vscode.l10n.t('KMS: Connect Key Store'), ['DISCONNECTED']);
  if (store === undefined) return;
  const { region, customKeyStoreId, name } = store;
  const service = await connection.keyService();
  await withProgress(vscode.l10n.t('KMS: Connecting Key Store'), (signal) => service.connectCustomKeyStore(region, customKeyStoreId, signal));
  await stores.reload(region);
  lastCliCall.tell(vscode.l10n.t('KMS is connecting to {0}. That can take up to 20 minutes.', name), [keyStoreCall('connect', store)]);
}

/** Disconnects a custom key store after the user confirmed it: nothing can use its keys from then on. */
export async function disconnectKeyStore(parts: KeyStoreActionParts, row: KeyStoreRow | undefined): Promise<void> {
  const { connection, stores, lastCliCall } = parts;
  const store = await chooseKeyStore(parts, row, vscode.l10n.t('KMS: Disconnect Key Store'), ['CONNECTED', 'CONNECTING', 'FAILED']);
  if (store === undefined) return;
  const { region, customKeyStoreId, name } = store;
  const disconnect = vscode.l10n.t('Disconnect');
  const detail = vscode.l10n.t('None of its keys can be used until it is connected again, and none can be created in it.');
  if ((await vscode.window.showWarningMessage(vscode.l10n.t('Disconnect the key store {0}?', name), { modal: true, detail }, disconnect)) !== disconnect) return;
  const service = await connection.keyService();
  await withProgress(vscode.l10n.t('KMS: Disconnecting Key Store'), (signal) => service.disconnectCustomKeyStore(region, customKeyStoreId, signal));
  await stores.reload(region);
  lastCliCall.tell(vscode.l10n.t('KMS disconnects from {0}. Its keys cannot be used.', name), [keyStoreCall('disconnect', store)]);
}
