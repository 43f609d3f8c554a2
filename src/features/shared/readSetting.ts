import * as vscode from 'vscode';
import { settings, type SettingId, type SettingTypes } from '../../contributions.ts';

/**
 * The value of a setting. A `machine` setting is read from the user's own settings alone, whatever VS Code merged:
 * a workspace must not be able to redirect where plaintext goes.
 */
export function readSetting<Id extends SettingId>(id: Id, scope?: vscode.ConfigurationScope): SettingTypes[Id] {
  const configuration = vscode.workspace.getConfiguration(undefined, scope);
  const fallback = settings[id].default;
  if (settings[id].scope === 'resource') return configuration.get<SettingTypes[Id]>(id, fallback);
  return configuration.inspect<SettingTypes[Id]>(id)?.globalValue ?? fallback;
}

/** Writes a user setting. Only for a choice that the user just made. */
export async function writeSetting<Id extends SettingId>(id: Id, value: SettingTypes[Id] | undefined): Promise<void> {
  await vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);
}
