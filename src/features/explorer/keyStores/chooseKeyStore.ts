import * as vscode from 'vscode';
import type { KeyStoreRow } from '../../../contributions.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { keyStoreSummary } from '../../../core/kms/explain/keyStoreWords.ts';
import type { CustomKeyStore } from '../../../core/kms/service/customKeyStores.ts';
import type { KeyActionParts } from '../actions/keyAction.ts';
import type { KeyStores } from '../tree/keyStores.ts';

export interface KeyStoreActionParts extends KeyActionParts {
  readonly stores: KeyStores;
}

/**
 * The store of the row, else one that the user picks among those in a fitting state; undefined when they leave. Rejects
 * with NOT_FOUND when there is none to pick.
 */
export async function chooseKeyStore(
  { connection, stores }: KeyStoreActionParts,
  row: KeyStoreRow | undefined,
  title: string,
  states?: readonly string[],
): Promise<CustomKeyStore | undefined> {
  await stores.ensure(await connection.regions());
  const named = row === undefined ? undefined : stores.find(row.value);
  if (named !== undefined) return named;
  const fitting = stores.all().filter(({ connectionState }) => states?.includes(connectionState) ?? true);
  if (fitting.length === 0) throw new KmsExplorerError('NOT_FOUND', vscode.l10n.t('The chosen Regions have no custom key store for which this can be done.'));
  const items = fitting.map((store) => ({ label: store.name, description: `${store.region} · ${keyStoreSummary(store)}`, detail: store.customKeyStoreId, store }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true }))?.store;
}
