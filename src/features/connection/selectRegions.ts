import * as vscode from 'vscode';
import { writeSetting } from '../shared/readSetting.ts';
import type { BackendConnection } from './backendConnection.ts';

/** Lets the user choose the Regions that the Keys view shows, among those of the backend's partition. */
export async function selectRegions(connection: BackendConnection): Promise<void> {
  const service = await connection.keyService();
  const chosen = new Set(await connection.regions());
  const chosenFirst = [...chosen, ...service.regions().filter((region) => !chosen.has(region))];
  const items = chosenFirst.map((region) => ({
    label: region,
    picked: chosen.has(region),
    ...(region === service.region ? { description: vscode.l10n.t('the backend’s own Region') } : {}),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('KMS: Select Regions'),
    placeHolder: vscode.l10n.t('Regions to show in the Keys view'),
    canPickMany: true,
  });
  if (picked === undefined) return;
  await writeSetting('kmsExplorer.regions', picked.map(({ label }) => label));
}
