import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const bundle = fileURLToPath(new URL('../../../dist/emulator.js', import.meta.url));

/** How a server of the AWS KMS API is started. `{port}` and `{folder}` in the command stand for a free port and an empty folder. */
export interface ServerSpec {
  readonly name: string;
  readonly command: readonly string[];
  /** Where it answers; `{port}` as in the command. */
  readonly endpoint: string;
  /** A path that is asked for with GET until anything is answered at all. */
  readonly readyPath: string;
}

export interface RunningServer {
  readonly name: string;
  readonly endpoint: string;
  /** From spawning the process to its first answer, in milliseconds. */
  readonly firstAnswer: number;
  /** Resident memory of the process in MB, where the system tells it through /proc. */
  residentMemory(): Promise<number | undefined>;
  stop(): Promise<void>;
}

/** The emulator as it is shipped, with its state on the disk. */
export const emulatorSpec: ServerSpec = {
  name: 'KMS Explorer',
  command: [process.execPath, bundle, '--port', '{port}', '--data', '{folder}', '--credentials', 'test:test', '--log', 'off'],
  endpoint: 'http://127.0.0.1:{port}',
  readyPath: '/',
};

/** The name of a program in BENCH_MOTO_SERVER or on PATH, or undefined when it cannot be run. */
function installed(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function wellKnown(): ServerSpec[] {
  const moto = process.env['BENCH_MOTO_SERVER'] ?? 'moto_server';
  const endpoint = 'http://127.0.0.1:{port}';
  const specs: ServerSpec[] = [];
  if (installed(moto, ['--help'])) specs.push({ name: 'moto', command: [moto, '-H', '127.0.0.1', '-p', '{port}'], endpoint, readyPath: '/' });
  if (installed('ministack', ['--help'])) {
    specs.push({ name: 'ministack', command: ['env', 'GATEWAY_PORT={port}', 'ministack'], endpoint, readyPath: '/_ministack/health' });
  }
  return specs;
}

function isSpec(value: unknown): value is ServerSpec {
  if (typeof value !== 'object' || value === null) return false;
  const { name, command, endpoint, readyPath } = value as Record<string, unknown>;
  const texts = [name, endpoint, readyPath, ...(Array.isArray(command) ? (command as unknown[]) : [undefined])];
  return texts.every((text) => typeof text === 'string');
}

/** Who is measured beside the emulator: what is installed, and what BENCH_SERVERS names as a JSON list of ServerSpec. */
export function otherServers(): readonly ServerSpec[] {
  const given: unknown = JSON.parse(process.env['BENCH_SERVERS'] ?? '[]');
  if (!Array.isArray(given) || !given.every(isSpec)) {
    throw new Error('BENCH_SERVERS has to be a JSON list of {"name", "command": [...], "endpoint", "readyPath"}.');
  }
  return [...wellKnown(), ...given];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const longestStart = 60_000;

async function answered(url: string, child: ChildProcess): Promise<void> {
  const limit = performance.now() + longestStart;
  while (performance.now() < limit && child.exitCode === null) {
    const response = await fetch(url).catch(() => undefined);
    if (response !== undefined) return;
    await wait(1);
  }
  throw new Error(`${url} gave no answer.`);
}

async function residentMemory(pid: number | undefined): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

/** Starts a server on a free port of loopback and waits for its first answer. */
export async function startServer(spec: ServerSpec): Promise<RunningServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'kms-bench-'));
  const fill = (text: string): string => text.replaceAll('{port}', port.toString()).replaceAll('{folder}', folder);
  const [program = '', ...args] = spec.command.map(fill);
  const started = performance.now();
  const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, NODE_OPTIONS: '' } });
  const endpoint = fill(spec.endpoint);
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await answered(`${endpoint}${spec.readyPath}`, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { name: spec.name, endpoint, firstAnswer: performance.now() - started, residentMemory: () => residentMemory(child.pid), stop };
}
