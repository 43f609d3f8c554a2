import * as vscode from 'vscode';
import type { AwsProfile } from '../../core/kms/service/keyServiceFactory.ts';
import type { EmulatorPort } from '../shared/emulatorPort.ts';
import { writeSetting } from '../shared/readSetting.ts';
import type { BackendConnection, ConnectionParts } from './backendConnection.ts';

interface BackendItem extends vscode.QuickPickItem {
  readonly backend: 'emulator' | 'aws' | undefined;
  readonly profile?: AwsProfile;
}

/** Lets the user choose who answers, and writes the choice to the user settings. */
export async function selectBackend(connection: BackendConnection, parts: ConnectionParts): Promise<void> {
  const profiles = await (await parts.loadFactory()).listProfiles();
  const picked = await vscode.window.showQuickPick(backendItems(profiles, parts.emulator), {
    title: vscode.l10n.t('KMS: Select Backend'),
    placeHolder: vscode.l10n.t('Who answers the calls to AWS KMS?'),
    matchOnDescription: true,
  });
  if (picked?.backend === undefined) return;
  if (picked.backend === 'emulator') {
    await writeSetting('kmsExplorer.backend', 'emulator');
    connection.reset();
    return;
  }
  const region = picked.profile?.region ?? (await askForRegion());
  if (region === undefined) return;
  await writeSetting('kmsExplorer.aws.profile', picked.profile?.name ?? '');
  await writeSetting('kmsExplorer.aws.region', picked.profile?.region === undefined ? region : '');
  await writeSetting('kmsExplorer.backend', 'aws');
  // Choosing the same backend again is how people ask for fresh credentials.
  connection.reset();
}

function backendItems(profiles: readonly AwsProfile[], emulator: EmulatorPort): readonly BackendItem[] {
  return [
    {
      backend: 'emulator',
      label: `$(server-process) ${vscode.l10n.t('Local emulator')}`,
      description: emulator.address?.endpoint ?? vscode.l10n.t('starts on this machine'),
      detail: vscode.l10n.t('AWS KMS on this machine: no account, nothing to install, nothing leaves it.'),
    },
    { backend: undefined, label: vscode.l10n.t('AWS'), kind: vscode.QuickPickItemKind.Separator },
    {
      backend: 'aws',
      label: `$(cloud) ${vscode.l10n.t('Default credential chain')}`,
      description: vscode.l10n.t('environment, default profile, container or instance role'),
    },
    ...profiles.map((profile) => ({
      backend: 'aws' as const,
      profile,
      label: `$(account) ${profile.name}`,
      description: profile.region ?? vscode.l10n.t('no Region in the profile'),
    })),
  ];
}

async function askForRegion(): Promise<string | undefined> {
  const environment = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  return vscode.window.showInputBox({
    title: vscode.l10n.t('KMS: Select Backend'),
    prompt: vscode.l10n.t('AWS Region to start in, for instance eu-west-1'),
    value: environment ?? 'us-east-1',
    validateInput: (text) =>
      /^[a-z]{2,5}(-[a-z]+)+-\d+$/.test(text.trim()) ? undefined : vscode.l10n.t('A Region looks like us-east-1.'),
  });
}
