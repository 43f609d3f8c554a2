import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { ReadyEvent } from '../../src/protocol/emulator.ts';
import { plainEnvironment, startGroup, stopGroup, waitForLine } from './system/childProcess.ts';
import { emulatorBundle, sampleSeed } from './system/projectPaths.ts';

export interface BundledEmulatorOptions {
  /** The folder of its state, which the extension's `kmsExplorer.emulator.dataFolder` names to attach to it. */
  readonly dataFolder: string;
  /** 0 takes any free port, which is the default. */
  readonly port?: number;
  /** A seed file; the sample's when left out, none when null. */
  readonly seed?: string | null;
}

export interface BundledEmulator extends ReadyEvent {
  readonly process: ChildProcess;
  readonly stop: () => Promise<void>;
}

/** The credentials of every emulator that is started here, as the documentation shows them. */
export const emulatorCredentials = { accessKeyId: 'test', secretAccessKey: 'test' } as const;

/** Starts the emulator as it is shipped and waits until it serves. Throws with its own words when it cannot. */
export async function startBundledEmulator(options: BundledEmulatorOptions): Promise<BundledEmulator> {
  if (!existsSync(emulatorBundle)) throw new Error('dist/emulator.js is missing. Run "npm run build" first.');
  const seed = options.seed === undefined ? sampleSeed : options.seed;
  const flags = [
    ...['--port', String(options.port ?? 0), '--data', options.dataFolder, '--parent'],
    ...['--credentials', `${emulatorCredentials.accessKeyId}:${emulatorCredentials.secretAccessKey}`],
    ...(seed === null || !existsSync(seed) ? [] : ['--seed', seed]),
  ];
  const child = startGroup(process.execPath, [emulatorBundle, ...flags], { environment: plainEnvironment() });
  const stop = (): Promise<void> => stopGroup(child);
  try {
    const [line] = await waitForLine(child, /^\{"event":"ready".*\}$/m, 20_000);
    return { ...(JSON.parse(line) as ReadyEvent), process: child, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The port when nothing listens there on loopback, else 0, which means any. */
export async function portOrAny(port: number): Promise<number> {
  return await new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => { resolve(0); });
    probe.listen(port, '127.0.0.1', () => {
      probe.close(() => { resolve(port); });
    });
  });
}
