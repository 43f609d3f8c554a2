import { hash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `work` with the path of a data folder that does not exist yet, and removes it afterwards. */
export async function withDataFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), 'kms-explorer-test-'));
  try {
    await work(join(parent, 'data'));
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

/** The files of a folder by name, as hashes of their content, so that two moments can be compared. */
export function contentOf(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).sort().map((name) => [name, hash('sha256', readFileSync(join(folder, name)))]));
}
