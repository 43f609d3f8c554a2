import { randomBytes } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureCodeServer } from './install/codeServer.ts';
import { plainEnvironment, runProgram, startGroup, stopGroup, waitForLine } from './system/childProcess.ts';

/** Settings of a workbench that is looked at by tests or for the first time: nothing asks, fetches or saves by itself. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'files.autoSave': 'off',
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
};

export interface WorkbenchOptions {
  /** The folder that is opened. */
  readonly workspace: string;
  /** A folder for the server's own files; it holds `data/User/settings.json`, `extensions` and the logs. */
  readonly dataFolder: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** The folder that the extension is loaded from as it stands; null when it has been installed with `installExtension`. */
  readonly extensionFolder: string | null;
  /** The module whose `run()` the extension host calls. A window that runs a suite shows no notifications. */
  readonly testsPath?: string;
  /** Refuse pages that do not bring a random token. Test runs do without. */
  readonly withToken?: boolean;
  /** Keep the restricted mode of a folder that nobody has trusted. */
  readonly untrusted?: boolean;
  /** What the extension host and the terminals get instead of this process's environment. */
  readonly environment?: NodeJS.ProcessEnv;
}

export interface Workbench {
  /** The page to open, on loopback. */
  readonly address: string;
  readonly process: ChildProcess;
  readonly stop: () => Promise<void>;
}

function serverFolders(dataFolder: string): string[] {
  return ['--server-data-dir', dataFolder, '--extensions-dir', join(dataFolder, 'extensions')];
}

/** Writes the settings as the user's and as the machine's: a remote window reads machine-scoped settings from the latter. */
export async function writeSettings(dataFolder: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const scope of ['User', 'Machine']) {
    const file = join(dataFolder, 'data', scope, 'settings.json');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify({ ...quietSettings, ...settings }, null, 2)}\n`);
  }
}

/** Installs a VSIX into the server of a data folder and returns what the server said. */
export async function installExtension(dataFolder: string, vsix: string): Promise<string> {
  const server = await ensureCodeServer();
  const flags = ['--accept-server-license-terms', '--install-extension', vsix, ...serverFolders(dataFolder)];
  return await runProgram(process.execPath, [server, ...flags]);
}

/** The extensions that are installed in a data folder, as `publisher.name@version`. */
export async function listExtensions(dataFolder: string): Promise<readonly string[]> {
  const server = await ensureCodeServer();
  const flags = ['--accept-server-license-terms', '--list-extensions', '--show-versions', ...serverFolders(dataFolder)];
  const output = await runProgram(process.execPath, [server, ...flags]);
  return output.split('\n').filter((line) => /^[\w-]+\.[\w-]+@\S+$/.test(line));
}

/**
 * Enters a folder in the server's list of installed extensions, which loads it from where it is. Loading it as an
 * extension under development needs the server's test driver, and under that the workbench shows no notifications.
 */
async function registerExtension(dataFolder: string, folder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<'publisher' | 'name' | 'version', string>;
  const entry = {
    identifier: { id: `${manifest.publisher}.${manifest.name}` },
    version: manifest.version,
    location: { $mid: 1, path: folder, scheme: 'file' },
  };
  const file = join(dataFolder, 'extensions', 'extensions.json');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify([entry]));
}

function pageAddress(port: string, token: string | null, options: WorkbenchOptions): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(options.extensionFolder ?? '')],
    ['extensionTestsPath', remote(options.testsPath ?? '')],
  ];
  const query = [
    ...(token === null ? [] : [`tkn=${token}`]),
    `folder=${encodeURIComponent(options.workspace)}`,
    ...(options.testsPath === undefined ? [] : [`payload=${encodeURIComponent(JSON.stringify(payload))}`]),
  ];
  return `http://127.0.0.1:${port}/?${query.join('&')}`;
}

/** Starts a VS Code server on a free loopback port, ready to serve pages. Throws with its output when it does not start. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const server = await ensureCodeServer();
  await writeSettings(options.dataFolder, options.settings);
  const runsSuite = options.testsPath !== undefined;
  if (options.extensionFolder !== null && !runsSuite) await registerExtension(options.dataFolder, options.extensionFolder);
  const token = options.withToken === true ? randomBytes(16).toString('hex') : null;
  const flags = [
    ...['--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms'],
    ...(runsSuite ? ['--enable-smoke-test-driver'] : []),
    ...['--telemetry-level', 'off', ...serverFolders(options.dataFolder)],
    ...(token === null ? ['--without-connection-token'] : ['--connection-token', token]),
    ...(options.untrusted === true ? [] : ['--disable-workspace-trust']),
  ];
  // An empty gallery: the workbench asks no server outside this machine for extensions.
  const environment = { ...(options.environment ?? plainEnvironment()), EXTENSIONS_GALLERY: '{}' };
  const child = startGroup(process.execPath, [server, ...flags], { environment });
  const stop = (): Promise<void> => stopGroup(child);
  try {
    const [, port] = await waitForLine(child, /Extension host agent listening on (\d+)/, 30_000);
    if (port === undefined) throw new Error('The VS Code server named no port.');
    return { address: pageAddress(port, token, options), process: child, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
