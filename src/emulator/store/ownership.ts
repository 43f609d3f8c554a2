import { readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadyEvent } from '../../protocol/emulator.ts';
import { StartFailure } from '../startFailure.ts';
import { type DataFolder, writePrivateFile } from './dataFolder.ts';

/** The right to work in a data folder. The lock is the system's own, so it ends with the process, however that ends. */
export interface Ownership {
  /** Tells other processes how to reach this one. */
  announce(ready: ReadyEvent): void;
  release(): void;
}

const patience = 2_000;
const pause = 50;
const sqliteBusy = 5;
const notADatabase = 26;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readOwner(folder: DataFolder): ReadyEvent | undefined {
  try {
    const record = JSON.parse(readFileSync(folder.owner, 'utf8')) as ReadyEvent;
    return isAlive(record.pid) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the lock, or gives undefined while another process has it. */
function takeLock(folder: DataFolder): DatabaseSync | undefined {
  const lock = new DatabaseSync(folder.lock);
  try {
    // The lock alone is wanted: without a journal no other file is made.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE;');
    return lock;
  } catch (error) {
    lock.close();
    const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
    if (code === sqliteBusy) return undefined;
    if (code !== notADatabase) throw error;
    throw new StartFailure('DATA_CORRUPT', `The file ${folder.lock} is damaged. Nothing was changed. Delete that file, or choose another folder with --data.`, { cause: error });
  }
}

/**
 * Becomes the one process that works in the folder. A record left by a dead process is taken over.
 * Rejects with StartFailure DATA_OWNED, which carries the owner's record once the owner is ready.
 */
export async function takeOwnership(folder: DataFolder): Promise<Ownership> {
  const deadline = Date.now() + patience;
  for (;;) {
    const lock = takeLock(folder);
    if (lock) return ownershipOf(folder, lock);
    const owner = readOwner(folder);
    if (owner) {
      throw new StartFailure('DATA_OWNED', `The data folder ${folder.path} is in use by process ${owner.pid}, which serves ${owner.endpoint}. Use that one, stop it, or choose another folder with --data.`, { owner });
    }
    if (Date.now() > deadline) {
      throw new StartFailure('DATA_OWNED', `The data folder ${folder.path} is in use by another process that is not ready yet. Try again, or choose another folder with --data.`);
    }
    await sleep(pause);
  }
}

function ownershipOf(folder: DataFolder, lock: DatabaseSync): Ownership {
  let announced = false;
  return {
    announce(ready) {
      announced = true;
      writePrivateFile(folder.owner, Buffer.from(JSON.stringify(ready)), 'w');
    },
    release() {
      if (announced) rmSync(folder.owner, { force: true });
      lock.close();
    },
  };
}
