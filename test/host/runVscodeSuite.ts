// `npm run test:vscode`: mocha inside a real extension host, of the browser workbench or of the desktop VS Code that
// VSCODE_PATH names. `npm run test:vscode -- --grep TEXT` runs the tests whose name contains the text.
import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import type { SuiteEnvironment } from '../vscode/suiteEnvironment.ts';
import { startBundledEmulator, emulatorCredentials } from './bundledEmulator.ts';
import { bundleSuite, type SuiteBundle } from './bundleSuite.ts';
import { launchChromium } from './install/chromium.ts';
import { givenDesktop } from './desktop.ts';
import { followFile } from './followFile.ts';
import { projectRoot } from './system/projectPaths.ts';
import { say } from './system/say.ts';
import { emulatorSettings, isolatedEnvironment, makeSession, type Session } from './session.ts';
import { startWorkbench, writeSettings, type WorkbenchOptions } from './workbench.ts';

const timeLimit = 5 * 60_000;

function requestedGrep(): string {
  const at = process.argv.indexOf('--grep');
  return at === -1 ? '' : (process.argv[at + 1] ?? '');
}

/** Opens the window that runs the suite, and resolves to its exit code: 0, or 1 when a test failed. */
async function runInBrowser(options: WorkbenchOptions, report: string): Promise<number> {
  const workbench = await startWorkbench(options);
  const browser = await launchChromium().catch(async (error: unknown) => {
    await workbench.stop();
    throw error;
  });
  const windowLog: string[] = [];
  try {
    const page = await browser.newPage();
    const code = await new Promise<number>((resolve, reject) => {
      const limit = setTimeout(() => {
        reject(new Error(`The suite did not end within ${timeLimit / 1000} s. The window's log ends with:\n${windowLog.slice(-20).join('\n')}`));
      }, timeLimit);
      page.on('crash', () => { reject(new Error('The page of the workbench crashed.')); });
      const open = async (): Promise<void> => {
        await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
          windowLog.push(`${type}: ${args.map(String).join(' ')}`);
        });
        await page.exposeFunction('codeAutomationExit', (exit: number) => {
          clearTimeout(limit);
          resolve(exit);
        });
        await page.goto(workbench.address);
      };
      open().catch(reject);
    });
    // Without a report mocha did not even start, and only the window's log can say why.
    if (code !== 0 && statSync(report).size === 0) say(windowLog.filter((line) => line.startsWith('error')).slice(-5).join('\n'));
    return code;
  } finally {
    await browser.close();
    await workbench.stop();
  }
}

async function runOnDesktop(program: string, bundle: SuiteBundle, options: WorkbenchOptions): Promise<number> {
  await writeSettings(options.dataFolder, options.settings);
  return await runTests({
    vscodeExecutablePath: program,
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: bundle.entry,
    extensionTestsEnv: options.environment ?? {},
    launchArgs: [options.workspace, `--user-data-dir=${join(options.dataFolder, 'data')}`, '--disable-workspace-trust'],
  });
}

async function runSuite(session: Session): Promise<number> {
  const bundle = await bundleSuite();
  const emulator = await startBundledEmulator({ dataFolder: session.emulatorData });
  const report = join(session.folder, 'report.txt');
  await writeFile(report, '');
  const variables: SuiteEnvironment = {
    KMS_EXPLORER_TEST_SUITES: bundle.suites,
    KMS_EXPLORER_TEST_REPORT: report,
    KMS_EXPLORER_TEST_GREP: requestedGrep(),
    KMS_EXPLORER_TEST_PROJECT: projectRoot,
    KMS_EXPLORER_TEST_WORKSPACE: session.workspace,
    KMS_EXPLORER_TEST_ENDPOINT: emulator.endpoint,
    KMS_EXPLORER_TEST_ACCESS_KEY_ID: emulatorCredentials.accessKeyId,
    KMS_EXPLORER_TEST_SECRET_ACCESS_KEY: emulatorCredentials.secretAccessKey,
    KMS_EXPLORER_TEST_DATA_FOLDER: session.emulatorData,
  };
  const options: WorkbenchOptions = {
    workspace: session.workspace,
    dataFolder: session.serverData,
    settings: emulatorSettings(session, Number(new URL(emulator.endpoint).port)),
    extensionFolder: projectRoot,
    testsPath: bundle.entry,
    environment: { ...(await isolatedEnvironment(session)), ...variables },
  };
  const finish = followFile(report);
  try {
    const desktop = givenDesktop();
    return await (desktop === null ? runInBrowser(options, report) : runOnDesktop(desktop, bundle, options));
  } finally {
    finish();
    await emulator.stop();
  }
}

const session = await makeSession();
try {
  process.exitCode = await runSuite(session);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await session.remove();
}
process.exit();
