import * as vscode from 'vscode';
import type { EmulatorPort } from '../shared/emulatorPort.ts';
import { readSetting } from '../shared/readSetting.ts';
import { commandLink } from '../shared/commands.ts';
import type { BackendConnection } from './backendConnection.ts';

/** The one status bar item: backend, account and Region, in words that leave no doubt about where plaintext goes. */
export function createStatusBar(connection: BackendConnection, emulator: EmulatorPort): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('kmsExplorer.backend', vscode.StatusBarAlignment.Left, 10);
  item.name = 'KMS Explorer';
  item.command = commandLink(vscode.l10n.t('Select Backend'), 'kmsExplorer.selectBackend');
  const update = () => {
    item.text = `$(key) ${statusText(connection)}`;
    item.tooltip = tooltip(connection, emulator);
    item.accessibilityInformation = { label: `AWS KMS: ${statusText(connection)}` };
  };
  update();
  item.show();
  return vscode.Disposable.from(
    item,
    connection.onDidChange(update),
    connection.onDidIdentify(update),
    emulator.onDidChange(update),
  );
}

function statusText(connection: BackendConnection): string {
  const known = [connection.identity?.accountId, connection.region].filter((part) => part !== undefined);
  return [backendName(connection), ...known].join(' · ');
}

function backendName(connection: BackendConnection): string {
  switch (connection.backend) {
    case 'none':
      return vscode.l10n.t('KMS: no backend');
    case 'emulator':
      return vscode.l10n.t('KMS: emulator');
    case 'aws': {
      const name = `KMS: ${readSetting('kmsExplorer.aws.profile') || 'AWS'}`;
      return usesCustomEndpoint(connection) ? `${name} ${vscode.l10n.t('(custom endpoint)')}` : name;
    }
  }
}

/** The DNS suffixes of AWS's partitions; anything else is an endpoint that the user's own configuration names. */
function usesCustomEndpoint(connection: BackendConnection): boolean {
  const { identity } = connection;
  if (identity === undefined || identity.endpoint === '') return false;
  const host = new URL(identity.endpoint).hostname;
  return !/\.(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/.test(host);
}

function tooltip(connection: BackendConnection, emulator: EmulatorPort): string {
  const { identity } = connection;
  const lines = identity === undefined ? [] : [identity.callerArn, identity.endpoint];
  const state = emulator.address === undefined ? [] : [vscode.l10n.t('Emulator running at {0}', emulator.address.endpoint)];
  return [vscode.l10n.t('AWS KMS backend. Click to select another.'), ...lines, ...state].join('\n');
}
