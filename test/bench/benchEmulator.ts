import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { EmulatorEvent, ReadyEvent } from '../../src/protocol/emulator.ts';

const bundle = fileURLToPath(new URL('../../dist/emulator.js', import.meta.url));

export interface BenchEmulator {
  readonly ready: ReadyEvent;
  /** How often each operation was called. */
  readonly calls: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** The emulator as it is shipped, with its store in memory, on any free port. */
export async function startBenchEmulator(args: readonly string[]): Promise<BenchEmulator> {
  const flags = ['--port', '0', '--memory', '--credentials', 'test:test', '--log', 'json', '--parent', ...args];
  const child = spawn(process.execPath, [bundle, ...flags], { stdio: ['pipe', 'pipe', 'inherit'] });
  const calls = new Map<string, number>();
  const ready = await new Promise<ReadyEvent>((resolve, reject) => {
    child.once('exit', (code) => {
      reject(new Error(`The emulator ended with exit code ${code ?? 'unknown'} before it was ready.`));
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = JSON.parse(line) as EmulatorEvent;
      if (event.event === 'ready') resolve(event);
      if (event.event === 'call') calls.set(event.operation, (calls.get(event.operation) ?? 0) + 1);
    });
  });
  return {
    ready,
    calls,
    stop: async () => {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}
