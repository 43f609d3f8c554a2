import * as vscode from 'vscode';
import type { KeyService } from '../../core/kms/service/keyService.ts';
import { writeSetting } from '../shared/readSetting.ts';
import type { BackendConnection } from './backendConnection.ts';

/** The list does not wait longer for the Regions that the account has enabled, in milliseconds. */
const patience = 5_000;

/**
 * Lets the user choose the Regions that the Keys view shows, among those that the account has enabled, or those of the
 * backend's partition where nobody tells which these are.
 */
export async function selectRegions(connection: BackendConnection): Promise<void> {
  const service = await connection.keyService();
  const chosen = new Set(await connection.regions());
  const items = enabledRegions(service).then((enabled) =>
    [...chosen, ...(enabled ?? service.regions()).filter((region) => !chosen.has(region))].map((region) => ({
      label: region,
      picked: chosen.has(region),
      ...wordsAbout(region, service.region, enabled),
    })),
  );
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('KMS: Select Regions'),
    placeHolder: vscode.l10n.t('Regions to show in the Keys view'),
    canPickMany: true,
  });
  if (picked === undefined) return;
  await writeSetting('kmsExplorer.regions', picked.map(({ label }) => label));
}

/** Undefined where the account does not let the caller know. */
async function enabledRegions(service: KeyService): Promise<readonly string[] | undefined> {
  try {
    return await service.enabledRegions(AbortSignal.timeout(patience));
  } catch {
    return undefined;
  }
}

function wordsAbout(region: string, own: string, enabled: readonly string[] | undefined): { readonly description?: string } {
  if (enabled?.includes(region) === false) return { description: vscode.l10n.t('not enabled in this account') };
  return region === own ? { description: vscode.l10n.t('the backend’s own Region') } : {};
}
