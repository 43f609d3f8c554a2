import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { connect } from '../../src/aws/connect.ts';
import { KeyCatalog } from '../../src/core/kms/catalog/keyCatalog.ts';
import { redrawDelay } from '../../src/core/kms/catalog/redrawDelay.ts';
import { KeyTreeModel } from '../../src/features/explorer/tree/keyTreeModel.ts';
import { startBenchEmulator } from './benchEmulator.ts';
import type { Figure } from './figure.ts';

const region = 'us-east-1';
const sizes = [100, 10_000, 100_000];

/** The Keys view of a Region with so many keys, an alias each: the calls, the time until rows stand there and all are in, and the memory for them. */
export async function tree(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const size of sizes) figures.push(...(await treeOf(size)));
  return figures;
}

async function treeOf(size: number): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kms-bench-'));
  const seed = join(folder, 'seed.json');
  await writeFile(seed, JSON.stringify({ keys: Array.from({ length: size }, (_, index) => seededKey(index)) }));
  const emulator = await startBenchEmulator(['--seed', seed]);
  const service = await connect({ kind: 'emulator', address: emulator.ready });
  try {
    // The first call opens the connection and loads the SDK, which is no part of the tree.
    await service.identity(new AbortController().signal);
    const { first, all, longest, megabytes } = await load(size, service);
    // The emulator tells of a call after it has answered it.
    await setTimeout(100);
    const calls = [...emulator.calls].reduce((sum, [operation, count]) => sum + (operation.startsWith('List') ? count : 0), 0);
    const name = (what: string): string => `Keys view, ${size.toLocaleString('en')} keys: ${what}`;
    return [
      { name: name('calls'), value: calls, unit: 'calls' },
      { name: name('first keys'), value: first, unit: 'ms' },
      { name: name('all keys'), value: all, unit: 'ms' },
      { name: name('longest redraw'), value: longest, unit: 'ms' },
      { name: name('memory'), value: megabytes, unit: 'MB' },
    ];
  } finally {
    service.dispose();
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Loaded {
  readonly first: number;
  readonly all: number;
  /** The redraw that kept everything else waiting longest. */
  readonly longest: number;
  readonly megabytes: number;
}

/** Loads a Region, drawing what VS Code would ask for whenever pages came in: the roots, the Region, its customer managed keys. */
async function load(size: number, service: Awaited<ReturnType<typeof connect>>): Promise<Loaded> {
  const before = usedHeap();
  const start = performance.now();
  let [first, longest]: [number, number] = [Number.NaN, 0];
  let redraw: NodeJS.Timeout | undefined;
  const catalog = new KeyCatalog(service, () => {
    redraw ??= globalThis.setTimeout(draw, redrawDelay(catalog.listedKeys(region)));
  });
  const model = new KeyTreeModel({ region: (name) => catalog.region(name), stores: () => [], shelf: () => [] });
  function draw(): void {
    redraw = undefined;
    const began = performance.now();
    const rows = drawRows(model);
    const now = performance.now();
    longest = Math.max(longest, now - began);
    if (rows > 0 && Number.isNaN(first)) first = now - start;
  }
  await catalog.load(region);
  clearTimeout(redraw);
  draw();
  const all = performance.now() - start;
  const { keys } = catalog.region(region);
  if (keys.length !== size) throw new Error(`${keys.length} keys were listed instead of ${size}.`);
  const megabytes = (usedHeap() - before) / 1_000_000;
  // What is measured has to be there still.
  if (drawRows(model) === 0) throw new Error('No key is drawn.');
  catalog.dispose();
  return { first, all, longest, megabytes };
}

/** Asks for the rows down to the keys, and for what each group's row says of itself. Gives the number of rows of keys. */
function drawRows(model: KeyTreeModel): number {
  let rows = 0;
  const open = [...model.roots([region])];
  for (let node = open.shift(); node !== undefined; node = open.shift()) {
    if (node.kind === 'key') rows += 1;
    if (node.kind !== 'group') continue;
    model.keysOf(node, [region]);
    open.push(...model.children(node, [region]));
  }
  return rows;
}

function isCollector(value: unknown): value is () => void {
  return typeof value === 'function';
}

/** The bytes in use once everything that can go is gone. */
function usedHeap(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (isCollector(collect)) collect();
  return process.memoryUsage().heapUsed;
}

function seededKey(index: number) {
  const digits = index.toString(16).padStart(12, '0');
  return { id: `00000000-0000-4000-8000-${digits}`, region, spec: 'SYMMETRIC_DEFAULT', aliases: [`alias/team-${index % 997}/${digits}`] };
}
