import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.ts';

const runner = fileURLToPath(new URL('../host/runVscodeSuite.ts', import.meta.url));

/** Activation in the real extension host, as the suite there measures and prints it. */
export async function activation(): Promise<readonly Figure[]> {
  const child = spawn(process.execPath, [runner, '--grep', 'Activation'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  const figure = /activation: ([\d.]+) ms/.exec(output)?.[1];
  if (figure === undefined) throw new Error(`The suite printed no activation time:\n${output}`);
  return [{ name: 'Activation in the extension host', value: Number(figure), unit: 'ms' }];
}
