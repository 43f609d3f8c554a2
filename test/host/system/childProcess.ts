import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** The environment without what `npm run` adds: a nested npm or server must not take the outer script for its own. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const added = /^npm_(package|lifecycle|command|node_execpath|execpath|config_local_prefix)|^NODE_OPTIONS$|^INIT_CWD$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !added.test(name)));
}

export interface RunOptions {
  readonly folder?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

const running = new Set<ChildProcess>();

// A process that leaves by an uncaught error must not leave its servers behind.
process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
});

/** Starts a program as the head of its own process group, so that `stopGroup` reaches whatever it starts. */
export function startGroup(program: string, args: readonly string[], options: RunOptions = {}): ChildProcessWithoutNullStreams {
  const child = spawn(program, args, {
    cwd: options.folder,
    env: options.environment ?? plainEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  return child;
}

// A signal ends a process without its exit listeners, unless somebody listens; whoever else does ends it in their own way.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(1);
  });
}

/** Runs a program to its end and returns its standard output. Throws with the last of what it printed when it fails. */
export async function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const child = startGroup(program, args, options);
  child.stdin.end();
  let output = '';
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  running.delete(child);
  if (code !== 0) {
    const command = [program, ...args].join(' ');
    throw new Error(`"${command}" ended with status ${String(code)}:\n${(complaint || output).trim().slice(-2000)}`);
  }
  return output;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

function isGroupAlive(child: ChildProcess): boolean {
  if (child.pid === undefined) return false;
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends a group: asks first, insists after two seconds. Returns when no process of it is left. */
export async function stopGroup(child: ChildProcess): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const insistAt = Date.now() + 2000;
  while (isGroupAlive(child)) {
    if (Date.now() > insistAt) signalGroup(child, 'SIGKILL');
    await delay(25);
  }
  running.delete(child);
}

/**
 * Waits until a line of the child's standard output matches, and returns the match. Throws with what it printed
 * when it ends first or says nothing fitting within the time (milliseconds).
 */
export async function waitForLine(child: ChildProcess, pattern: RegExp, timeout: number): Promise<RegExpExecArray> {
  let seen = '';
  return await new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      child.stdout?.off('data', onOutput);
      child.off('exit', onExit);
      child.off('error', reject);
      // The pipe must keep flowing, or a talkative server blocks on it.
      child.stdout?.resume();
      settle();
    };
    const onOutput = (chunk: Buffer): void => {
      seen += chunk.toString();
      const match = pattern.exec(seen);
      if (match !== null) finish(() => { resolve(match); });
    };
    const onExit = (code: number | null): void => {
      finish(() => { reject(new Error(`The process ended with status ${String(code)} before it was ready:\n${seen.slice(-2000)}`)); });
    };
    const timer = setTimeout(() => {
      finish(() => { reject(new Error(`The process was not ready after ${timeout} ms:\n${seen.slice(-2000)}`)); });
    }, timeout);
    child.stdout?.on('data', onOutput);
    child.stderr?.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    child.on('exit', onExit);
    child.on('error', reject);
  });
}
