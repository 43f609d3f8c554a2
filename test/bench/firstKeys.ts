import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src/aws/connect.ts';
import { KeyCatalog } from '../../src/core/kms/catalog/keyCatalog.ts';
import { startBenchEmulator } from './benchEmulator.ts';
import type { Figure } from './figure.ts';

const region = 'us-east-1';
const keyCount = 1_000;

/** A Region with 1,000 keys with an alias each: the time until the tree has them all, and the calls that took. */
export async function firstKeys(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kms-bench-'));
  const seed = join(folder, 'seed.json');
  await writeFile(seed, JSON.stringify({ keys: Array.from({ length: keyCount }, (_, index) => seededKey(index)) }));
  const emulator = await startBenchEmulator(['--seed', seed]);
  const service = await connect({ kind: 'emulator', address: emulator.ready });
  try {
    const catalog = new KeyCatalog(service, () => undefined);
    const start = performance.now();
    await catalog.load(region);
    const milliseconds = performance.now() - start;
    const { keys } = catalog.region(region);
    if (keys.length !== keyCount) throw new Error(`${keys.length} keys were listed instead of ${keyCount}.`);
    const calls = [...emulator.calls.values()].reduce((sum, count) => sum + count, 0);
    return [
      { name: 'First 1,000 keys in the tree', value: milliseconds, unit: 'ms' },
      { name: 'API calls for them', value: calls, unit: 'calls' },
    ];
  } finally {
    service.dispose();
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function seededKey(index: number) {
  const digits = index.toString(16).padStart(12, '0');
  return { id: `00000000-0000-4000-8000-${digits}`, region, spec: 'SYMMETRIC_DEFAULT', aliases: [`alias/bench/${digits}`] };
}
