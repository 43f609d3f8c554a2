import * as vscode from 'vscode';
import type { KeyServiceFactory } from './core/kms/service/keyServiceFactory.ts';
import { registerConnection } from './features/connection/register.ts';
import { registerCreateKey } from './features/createKey/register.ts';
import { registerEncryptText } from './features/encryptText/register.ts';
import { registerExplorer } from './features/explorer/register.ts';
import { Shelves } from './features/explorer/tree/shelves.ts';
import { pickKey } from './features/explorer/pickKey.ts';
import { registerKeyPanel } from './features/keyPanel/register.ts';
import { registerLocalEmulator } from './features/localEmulator/register.ts';
import type { LocalEmulator } from './features/localEmulator/localEmulator.ts';
import { registerPolicyDocument } from './features/policyDocument/register.ts';
import { registerSecretFiles } from './features/secretFiles/register.ts';
import { WorkspaceSecrets } from './features/secretFiles/view/workspaceSecrets.ts';
import { LastCliCall } from './features/shared/lastCliCall.ts';
import { SharedKeyCatalog } from './features/shared/sharedKeyCatalog.ts';

let runningEmulator: LocalEmulator | undefined;

/** What other extensions and the tests may read of this one. */
export interface ExtensionFacts {
  /** How long activate() took, in milliseconds. */
  readonly activationTime: number;
}

/** Builds the services and hands them to the features. The AWS SDK is loaded when a connection is first used. */
export function activate(context: vscode.ExtensionContext): ExtensionFacts {
  const start = performance.now();
  const { extensionUri, globalState: state, subscriptions } = context;
  const log = vscode.window.createOutputChannel('KMS Explorer', { log: true });
  const { emulator, disposable: localEmulator } = registerLocalEmulator({
    log,
    script: vscode.Uri.joinPath(extensionUri, 'dist', 'emulator.js').fsPath,
    defaultDataFolder: vscode.Uri.joinPath(context.globalStorageUri, 'emulator').fsPath,
  });
  runningEmulator = emulator;
  const { connection, disposable } = registerConnection({ loadFactory, emulator, log });
  const catalog = new SharedKeyCatalog(connection, log);
  const lastCliCall = new LastCliCall();
  const shelves = new Shelves(state);
  const uses = new WorkspaceSecrets({ catalog, state });
  const pick = () => pickKey(catalog, vscode.l10n.t('KMS: Open Key'));
  subscriptions.push(
    log,
    localEmulator,
    disposable,
    catalog,
    shelves,
    connection.onDidIdentify(() => {
      shelves.show(connection.identity);
    }),
    uses,
    registerExplorer({ connection, catalog, shelves, lastCliCall, uses, log }),
    registerKeyPanel({
      connection,
      log,
      extensionUri,
      uses,
      pickKey: pick,
      onOpened: (key) => shelves.remember(key),
      onChanged: async (key, calls) => {
        lastCliCall.remember(calls);
        await catalog.reload(key.region);
        await catalog.renew([key]);
      },
    }),
    registerEncryptText({ connection, catalog, log, state }),
    registerSecretFiles({ connection, catalog, log, state }, uses, extensionUri),
    registerCreateKey({
      connection,
      log,
      extensionUri,
      onCreated: async ({ region }, calls) => {
        lastCliCall.remember(calls);
        if ((await catalog.regions()).includes(region)) await catalog.reload(region);
      },
    }),
    registerPolicyDocument({ connection, log, pickKey: (title) => pickKey(catalog, title) }),
  );
  const activationTime = performance.now() - start;
  log.info(`Activated in ${activationTime.toFixed(1)} ms`);
  return { activationTime };
}

/** The emulator of this window ends with it; its state is on disk. */
export async function deactivate(): Promise<void> {
  await runningEmulator?.close();
}

async function loadFactory(): Promise<KeyServiceFactory> {
  const { keyServiceFactory } = await import('./aws/main.ts');
  return keyServiceFactory;
}
