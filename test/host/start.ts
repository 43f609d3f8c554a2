// `npm start`: VS Code with the extension on a copy of the sample service, beside an emulator filled with sample keys.
// `npm start -- --check` starts the same in the browser, looks whether the extension is there, and ends.
import { once } from 'node:events';
import { portOrAny, startBundledEmulator } from './bundledEmulator.ts';
import { stopGroup } from './system/childProcess.ts';
import { checkWorkbench } from './checkWorkbench.ts';
import { findDesktop, startDesktop } from './desktop.ts';
import { projectRoot } from './system/projectPaths.ts';
import { say } from './system/say.ts';
import { emulatorSettings, makeSession } from './session.ts';
import { startWorkbench, type WorkbenchOptions } from './workbench.ts';

const usualPort = 4599;
const check = process.argv.includes('--check');

/** What must be undone, last thing first. */
const undo: (() => Promise<void>)[] = [];

async function stopEverything(): Promise<void> {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) {
    await step().catch((error: unknown) => { say(`Stopping went wrong: ${String(error)}`); });
  }
}

/** Resolves when the person has had enough: a signal, or the end of the npm process that runs this script. */
async function waitForTheEnd(): Promise<void> {
  const parent = process.ppid;
  await new Promise<void>((resolve) => {
    // A shell between npm and this process passes no SIGTERM on; its death shows as a new parent.
    const watch = setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, 500);
    watch.unref();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => { resolve(); });
  });
}

async function openBrowserWorkbench(options: WorkbenchOptions): Promise<void> {
  const workbench = await startWorkbench({ ...options, withToken: true });
  undo.push(workbench.stop);
  say('VS Code is ready. Open this address in a browser; Ctrl-C here stops everything:');
  process.stdout.write(`${workbench.address}\n`);
  if (check) {
    await checkWorkbench(workbench.address);
    say('The extension is there.');
  } else {
    await once(workbench.process, 'exit');
  }
}

async function openDesktop(program: string, options: WorkbenchOptions): Promise<void> {
  const child = await startDesktop(program, options);
  undo.push(() => stopGroup(child));
  say('VS Code is open. Closing its window or Ctrl-C here stops everything.');
  await once(child, 'exit');
}

async function start(): Promise<void> {
  const session = await makeSession();
  undo.push(session.remove);
  say(`Copied the sample service to ${session.workspace}.`);
  const port = await portOrAny(usualPort);
  if (port === 0) say(`Port ${usualPort} is in use, so the emulator takes another one.`);
  const emulator = await startBundledEmulator({ dataFolder: session.emulatorData, port });
  undo.push(emulator.stop);
  say(`The KMS emulator answers at ${emulator.endpoint} (access key ${emulator.accessKeyId}, account ${emulator.accountId}).`);

  const options: WorkbenchOptions = {
    workspace: session.workspace,
    dataFolder: session.serverData,
    settings: emulatorSettings(session, Number(new URL(emulator.endpoint).port)),
    extensionFolder: projectRoot,
  };
  const desktop = check ? null : await findDesktop();
  await (desktop === null ? openBrowserWorkbench(options) : openDesktop(desktop, options));
}

try {
  await Promise.race([waitForTheEnd(), start()]);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
say('Stopping.');
await stopEverything();
say('Everything is stopped.');
// A start that was interrupted half-way may still hold the event loop.
process.exit();
