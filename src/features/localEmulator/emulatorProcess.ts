import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { CallEvent, EmulatorEvent, FailedEvent, ReadyEvent } from '../../protocol/emulator.ts';

export interface EmulatorOptions {
  /** The bundled emulator, an absolute path. */
  readonly script: string;
  readonly dataFolder: string;
  readonly port: number;
  /** Empty when the store is not seeded. */
  readonly seedFile: string;
}

export interface EmulatorListener {
  onCall(event: CallEvent): void;
  /** The process ended without being asked to. */
  onDied(exit: string): void;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** An emulator that this window started. It ends with the window, because its standard input closes then. */
export interface OwnedEmulator {
  readonly ready: ReadyEvent;
  /** Asks it to finish what it has accepted and to end; resolves when it is gone. */
  stop(): Promise<void>;
}

/** How a start ended: with a process of our own, or with the one that already owns the data folder. */
export type StartResult = { readonly kind: 'owned'; readonly emulator: OwnedEmulator } | { readonly kind: 'attached'; readonly ready: ReadyEvent };

/** It is asked politely first; one that does not end in this many milliseconds is killed. */
const stopTimeout = 3_000;

/**
 * Starts the emulator as a process of its own on the Node that runs this extension, and waits for its first line.
 * Rejects with EMULATOR_PORT_IN_USE, EMULATOR_DATA_CORRUPT or EMULATOR_NOT_STARTED.
 */
export async function startEmulatorProcess(options: EmulatorOptions, listener: EmulatorListener): Promise<StartResult> {
  const child = spawn(process.execPath, nodeArguments(options), {
    // Electron behaves as plain Node with this variable; nothing else of this process's environment is passed on.
    env: { ELECTRON_RUN_AS_NODE: '1', ...inherited(['SystemRoot', 'TEMP', 'TMPDIR', 'HOME', 'USERPROFILE']) },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const first = await firstEvent(child, listener);
  if (first.event === 'ready') return { kind: 'owned', emulator: owned(child, first, listener) };
  if (first.code === 'DATA_OWNED' && first.owner !== undefined) return { kind: 'attached', ready: first.owner };
  throw failure(first);
}

function nodeArguments({ script, dataFolder, port, seedFile }: EmulatorOptions): string[] {
  const seed = seedFile === '' ? [] : ['--seed', seedFile];
  const own = ['--parent', '--log', 'json', '--port', String(port), '--data', dataFolder, ...seed];
  return ['--disable-warning=ExperimentalWarning', script, ...own];
}

function inherited(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

/** The first line says whether it serves. Later lines are calls, which go to the listener. */
function firstEvent(child: Child, listener: EmulatorListener): Promise<ReadyEvent | FailedEvent> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = parseEvent(line);
      if (event?.event === 'call') listener.onCall(event);
      else if (event?.event === 'ready' || event?.event === 'failed') resolve(event);
    });
    child.stderr.resume();
    child.once('error', (cause) => {
      reject(new KmsExplorerError('EMULATOR_NOT_STARTED', 'The local emulator could not be started: its process did not come up.', { cause }));
    });
    child.once('exit', (code, signal) => {
      const message = `The local emulator could not be started: its process ended with ${exitWords(code, signal)}.`;
      // The last lines are read before the exit is taken for the answer.
      child.stdout.once('close', () => {
        reject(new KmsExplorerError('EMULATOR_NOT_STARTED', message));
      });
    });
  });
}

function parseEvent(line: string): EmulatorEvent | undefined {
  try {
    return JSON.parse(line) as EmulatorEvent;
  } catch {
    return undefined;
  }
}

function owned(child: Child, ready: ReadyEvent, listener: EmulatorListener): OwnedEmulator {
  let stopping = false;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve();
      if (!stopping) listener.onDied(exitWords(code, signal));
    });
  });
  return {
    ready,
    stop: async () => {
      stopping = true;
      child.stdin.end();
      const deadline = setTimeout(() => child.kill('SIGKILL'), stopTimeout);
      await gone;
      clearTimeout(deadline);
    },
  };
}

function exitWords(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
}

function failure({ code, message }: FailedEvent): KmsExplorerError {
  switch (code) {
    case 'PORT_IN_USE':
      return new KmsExplorerError('EMULATOR_PORT_IN_USE', message);
    case 'DATA_CORRUPT':
    case 'ROOT_KEY_MISMATCH':
      return new KmsExplorerError('EMULATOR_DATA_CORRUPT', message);
    case 'DATA_OWNED':
    case 'BAD_ARGUMENT':
    case 'BAD_SEED':
    case 'INTERNAL':
      return new KmsExplorerError('EMULATOR_NOT_STARTED', message);
  }
}
