import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { KMSClient } from '@aws-sdk/client-kms';
import type { EmulatorEvent, FailedEvent, ReadyEvent } from '../../src/protocol/emulator.ts';

const mainPath = fileURLToPath(new URL('../../src/emulator/main.ts', import.meta.url));

export interface EmulatorProcess {
  readonly ready: ReadyEvent;
  /** Every line printed so far, `ready` first. */
  events(): EmulatorEvent[];
  /** A real SDK client that signs with the credentials of `ready`; closed by `stop`. */
  client(region?: string): KMSClient;
  /** SIGTERM, and waits for the end. Resolves to the exit status. */
  stop(): Promise<number | null>;
  /** SIGKILL: nothing is finished or flushed. */
  kill(): Promise<void>;
  /** Closes the process's standard input and waits for the end. */
  closeInput(): Promise<number | null>;
}

export interface EmulatorOptions {
  /** More command line arguments. `--port 0` is always there, and `--memory` unless `--data` is among them. */
  readonly args?: readonly string[];
  /** The path of a seed file. */
  readonly seed?: string;
  /** The environment in place of this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** The path of a module that runs in the process before the emulator. */
  readonly preload?: string;
}

/** The refusal of a process that printed `failed` in place of `ready`. */
export class EmulatorStartError extends Error {
  readonly failed: FailedEvent;

  constructor(failed: FailedEvent) {
    super(`${failed.code}: ${failed.message}`);
    this.failed = failed;
  }
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

/** The first line of a process: resolves with `ready`, rejects with EmulatorStartError or what the process wrote. */
function firstLine(child: ChildProcess, events: EmulatorEvent[]): Promise<ReadyEvent> {
  return new Promise((resolve, reject) => {
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const event = JSON.parse(line) as EmulatorEvent;
      events.push(event);
      if (event.event === 'ready') resolve(event);
      if (event.event === 'failed') reject(new EmulatorStartError(event));
    });
    child.once('close', (code) => {
      reject(new Error(`The emulator ended with status ${code ?? 'none'} before it was ready. ${errors}`));
    });
  });
}

/**
 * Starts the emulator from source on a free port, in memory unless `--data` is given.
 * Rejects with EmulatorStartError when it says why it cannot serve.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<EmulatorProcess> {
  const given = options.args ?? [];
  const args = ['--port', '0', ...(given.includes('--data') ? [] : ['--memory']), ...given];
  if (options.seed !== undefined) args.push('--seed', options.seed);
  const preload = options.preload === undefined ? [] : ['--import', options.preload];
  const child = spawn(process.execPath, [...preload, mainPath, ...args], { stdio: ['pipe', 'pipe', 'pipe'], env: options.env ?? process.env });
  const events: EmulatorEvent[] = [];
  const ready = await firstLine(child, events);
  const clients: KMSClient[] = [];

  const end = async (act: () => void): Promise<number | null> => {
    for (const client of clients) client.destroy();
    act();
    return exitOf(child);
  };
  return {
    ready,
    events: () => events,
    client(region = ready.region) {
      const { endpoint, accessKeyId, secretAccessKey } = ready;
      const client = new KMSClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });
      clients.push(client);
      return client;
    },
    stop: () => end(() => child.kill('SIGTERM')),
    closeInput: () => end(() => child.stdin.end()),
    async kill() {
      await end(() => child.kill('SIGKILL'));
    },
  };
}
