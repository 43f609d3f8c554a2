import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `work` with the path of a seed file that holds `seed` (a text as it is), and removes the file afterwards. */
export async function withSeed<T>(seed: object | string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'kms-explorer-test-'));
  const path = join(folder, 'seed.json');
  writeFileSync(path, typeof seed === 'string' ? seed : JSON.stringify(seed));
  try {
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
