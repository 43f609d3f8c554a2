import { eventLog } from './eventLog.ts';
import { startEmulator } from './emulator.ts';
import { readOptions } from './options.ts';
import { StartFailure } from './startFailure.ts';

const write = (line: string): void => {
  process.stdout.write(line);
};

function describe(error: unknown): StartFailure {
  if (error instanceof StartFailure) return error;
  return new StartFailure('INTERNAL', 'The emulator could not start because of an unexpected error.', { cause: error });
}

function report(error: unknown): void {
  const { code, message, owner } = describe(error);
  eventLog('off', write).announce({ event: 'failed', code, message, ...(owner ? { owner } : {}) });
  if (code === 'INTERNAL') process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}

/** Runs until a signal, or the end of standard input with --parent. */
async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const log = eventLog(options.log, write);
  const emulator = await startEmulator(options, log);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    process.stdin.destroy();
    void emulator.stop().then(() => {
      log.announce({ event: 'stopped' });
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (options.parent) process.stdin.once('end', stop).once('error', stop).resume();
  log.announce(emulator.ready);
}

// Every file the process makes is the user's alone; SQLite makes its own without asking for a mode.
process.umask(0o077);
// Whoever read the events may be gone; that is no reason to stop serving others.
process.stdout.on('error', () => undefined);
await run().catch(report);
