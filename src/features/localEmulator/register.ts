import * as vscode from 'vscode';
import { registerCommands } from '../shared/commands.ts';
import { readSetting, writeSetting } from '../shared/readSetting.ts';
import { setContextKey } from '../shared/setContextKey.ts';
import { explainDenial } from './explainDenial.ts';
import { showCalls } from './showCalls.ts';
import { LocalEmulator, type LocalEmulatorParts } from './localEmulator.ts';

/** The local emulator and its commands. Nothing is started before a command or the connection asks. */
export function registerLocalEmulator(parts: LocalEmulatorParts): { emulator: LocalEmulator; disposable: vscode.Disposable } {
  const emulator = new LocalEmulator(parts);
  const disposable = vscode.Disposable.from(
    emulator.onDidChange(() => {
      setContextKey('kmsExplorer.emulatorRunning', emulator.address !== undefined);
    }),
    registerCommands(
      {
        'kmsExplorer.startEmulator': () => startEmulator(emulator),
        'kmsExplorer.stopEmulator': () => stopEmulator(emulator),
        'kmsExplorer.copyEmulatorEnvironment': () => copyEnvironment(emulator),
        'kmsExplorer.explainLastDeniedCall': () => explainDenial(emulator.lastDenial, emulator.isOwn),
        'kmsExplorer.showEmulatorCalls': () => showCalls(emulator.calls, emulator.isOwn),
      },
      parts.log,
    ),
  );
  return { emulator, disposable };
}

async function startEmulator(emulator: LocalEmulator): Promise<void> {
  const { endpoint } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Starting the local KMS emulator') },
    () => emulator.restart(),
  );
  // Who starts the emulator before choosing a backend has chosen one.
  if (readSetting('kmsExplorer.backend') === 'none') await writeSetting('kmsExplorer.backend', 'emulator');
  vscode.window.setStatusBarMessage(vscode.l10n.t('The local KMS emulator runs at {0}', endpoint), 5_000);
}

async function stopEmulator(emulator: LocalEmulator): Promise<void> {
  await emulator.stop();
  vscode.window.setStatusBarMessage(vscode.l10n.t('The local KMS emulator is stopped'), 5_000);
}

/** The variables with which any AWS SDK, the AWS CLI or sops reaches the emulator from a terminal. */
async function copyEnvironment(emulator: LocalEmulator): Promise<void> {
  const { endpoint, region, accessKeyId, secretAccessKey } = await emulator.start();
  const variables = {
    AWS_ENDPOINT_URL_KMS: endpoint,
    AWS_ENDPOINT_URL_STS: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${value}\n`);
  await vscode.env.clipboard.writeText(lines.join(''));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Environment of the local emulator copied: paste it into a terminal'), 5_000);
}
