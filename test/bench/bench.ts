// `npm run bench`: the figures that the README speaks of, as a table on the terminal and as JSON in out/bench.json.
import { mkdir, writeFile } from 'node:fs/promises';
import { arch, cpus, platform, release } from 'node:os';
import { activation } from './activation.ts';
import { benchPolicy } from './benchPolicy.ts';
import { benchTyping } from './benchTyping.ts';
import { comparison } from './comparison/comparison.ts';
import { emulatorMemory } from './comparison/emulatorMemory.ts';
import { emulatorStart } from './emulatorStart.ts';
import type { Figure } from './figure.ts';
import { sopsFile } from './sopsFile.ts';
import { tree } from './tree.ts';

const suites: readonly (() => Promise<readonly Figure[]>)[] = [activation, tree, emulatorStart, emulatorMemory, benchPolicy, benchTyping, sopsFile, comparison];

const figures: Figure[] = [];
for (const suite of suites) figures.push(...(await suite()));

const width = Math.max(...figures.map(({ name }) => name.length));
for (const { name, value, unit } of figures) {
  process.stdout.write(`${name.padEnd(width)}  ${format(value).padStart(10)} ${unit}\n`);
}

const machine = { platform: `${platform()} ${release()} ${arch()}`, cores: cpus().length, node: process.version };
const out = new URL('../../out/', import.meta.url);
await mkdir(out, { recursive: true });
await writeFile(new URL('bench.json', out), `${JSON.stringify({ date: new Date().toISOString(), machine, figures }, null, 2)}\n`);
process.stdout.write('Written to out/bench.json\n');

function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}
