import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';
import { plainEnvironment, startGroup } from './system/childProcess.ts';
import { hostCache } from './system/projectPaths.ts';
import { say, sayStep } from './system/say.ts';
import { writeSettings, type WorkbenchOptions } from './workbench.ts';
import type { ChildProcess } from 'node:child_process';

/** The program named by VSCODE_PATH, or null when the variable is not set. Throws when it names nothing. */
export function givenDesktop(): string | null {
  const path = process.env['VSCODE_PATH'];
  if (path === undefined || path === '') return null;
  if (!existsSync(path)) throw new Error(`VSCODE_PATH names ${path}, which does not exist. Name the VS Code program itself.`);
  return path;
}

/** A desktop VS Code: the one that VSCODE_PATH names, else a download; null where there is neither, said in one line. */
export async function findDesktop(): Promise<string | null> {
  const given = givenDesktop();
  if (given !== null) return given;
  const hasScreen = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  if (!hasScreen) {
    say('There is no screen for a desktop VS Code here, so it opens in the browser.');
    return null;
  }
  try {
    const options = { cachePath: join(hostCache, 'desktop'), reporter: new SilentReporter() };
    return await sayStep('Looking for VS Code', () => downloadAndUnzipVSCode(options));
  } catch {
    say('VS Code could not be downloaded, so it opens in the browser. VSCODE_PATH may name an installed one.');
    return null;
  }
}

/** Opens a desktop window with settings and extensions of its own. The process ends when its window is closed. */
export async function startDesktop(program: string, options: WorkbenchOptions): Promise<ChildProcess> {
  await writeSettings(options.dataFolder, options.settings);
  const flags = [
    `--user-data-dir=${join(options.dataFolder, 'data')}`,
    `--extensions-dir=${join(options.dataFolder, 'extensions')}`,
    ...['--new-window', '--disable-workspace-trust', '--disable-telemetry', '--disable-updates', '--skip-welcome'],
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(options.extensionFolder === null ? [] : [`--extensionDevelopmentPath=${options.extensionFolder}`]),
  ];
  const child = startGroup(program, [...flags, options.workspace], { environment: options.environment ?? plainEnvironment() });
  child.stdout.resume();
  child.stderr.resume();
  return child;
}
