import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `work` with the path of a seed file that holds `content`, as JSON when it is no text, and removes it afterwards. */
export async function withSeedFile<T>(content: unknown, work: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'kms-explorer-seed-'));
  const path = join(folder, 'seed.yaml');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  try {
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
