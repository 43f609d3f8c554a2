import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, openSync, closeSync, fsyncSync, readFileSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { rootKeyLength } from '../crypto/rootKey.ts';
import { StartFailure } from '../startFailure.ts';

/** The files of a data folder. Only the user may enter the folder or read its files. */
export interface DataFolder {
  readonly path: string;
  readonly database: string;
  readonly rootKey: string;
  /** An empty SQLite file whose lock says that a process is at work in the folder. */
  readonly lock: string;
  /** The `ready` event of the process at work. */
  readonly owner: string;
}

/** The per-user folder in which a program keeps its state, by the custom of each system. */
export function defaultDataFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  const folder = join('kms-explorer', 'emulator');
  const { XDG_STATE_HOME: stateHome, LOCALAPPDATA: localAppData } = environment;
  if (platform === 'win32') return join(localAppData ?? join(homedir(), 'AppData', 'Local'), folder);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', folder);
  // The XDG base directory specification has a relative path ignored.
  return join(stateHome?.startsWith('/') === true ? stateHome : join(homedir(), '.local', 'state'), folder);
}

/** Makes the folder when it is missing, and closes it to other users. Throws StartFailure BAD_ARGUMENT. */
export function openDataFolder(path: string): DataFolder {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
  } catch (cause) {
    throw new StartFailure('BAD_ARGUMENT', `The data folder ${path} cannot be made or closed to other users. Choose another one with --data.`, { cause });
  }
  return {
    path,
    database: join(path, 'emulator.db'),
    rootKey: join(path, 'root.key'),
    lock: join(path, 'owner.lock'),
    owner: join(path, 'owner.json'),
  };
}

/** Writes a file that only the user can read, and waits until it is on the disk. `flag` is `w`, or `wx` for a new file. */
export function writePrivateFile(path: string, content: Uint8Array, flag: 'w' | 'wx'): void {
  const file = openSync(path, flag, 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The root key's 32 bytes, made at the first start. Throws StartFailure ROOT_KEY_MISMATCH. */
export function loadRootKey(folder: DataFolder): Buffer {
  if (!existsSync(folder.rootKey)) {
    if (existsSync(folder.database)) {
      throw new StartFailure('ROOT_KEY_MISMATCH', `The data folder ${folder.path} has a database but no root.key, without which nothing in it can be read. Put the file back. Nothing was changed.`);
    }
    writePrivateFile(folder.rootKey, randomBytes(rootKeyLength), 'wx');
  }
  chmodSync(folder.rootKey, 0o600);
  const secret = readFileSync(folder.rootKey);
  if (secret.length === rootKeyLength) return secret;
  throw new StartFailure('ROOT_KEY_MISMATCH', `The file root.key in ${folder.path} does not hold ${rootKeyLength} bytes. Put the right file back. Nothing was changed.`);
}
