import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Takes a lock file for this process, waiting for a living owner; the lock of a process that died is taken over. */
async function takeLock(file: string): Promise<void> {
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (owner > 0 && !isAlive(owner)) await rm(file, { force: true });
    else await delay(200);
  }
}

/**
 * Makes a folder once: `make` fills a temporary folder beside it, which is then renamed into place, so that the folder
 * is either whole or absent. Two processes that need it at once make it once.
 */
export async function ensureFolder(folder: string, make: (building: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  const lock = `${folder}.lock`;
  await takeLock(lock);
  try {
    if (existsSync(folder)) return;
    const prefix = `${basename(folder)}.building-`;
    // Whoever holds the lock builds alone, so these are left over from processes that were killed.
    const leftovers = (await readdir(dirname(folder))).filter((name) => name.startsWith(prefix));
    for (const name of leftovers) await rm(join(dirname(folder), name), { recursive: true, force: true });
    const building = await mkdtemp(join(dirname(folder), prefix));
    try {
      await make(building);
      await rename(building, folder);
    } finally {
      await rm(building, { recursive: true, force: true });
    }
  } finally {
    await rm(lock, { force: true });
  }
}
