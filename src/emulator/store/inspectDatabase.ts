import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartFailure } from '../startFailure.ts';
import type { DataFolder } from './dataFolder.ts';
import { number, text } from './tables/row.ts';
import { schemaVersion } from './schema.ts';

/** What has to be known of a database before it is opened for work. */
interface Inspection {
  readonly version: number;
  readonly setting: string | undefined;
}

function readCopy(path: string, setting: string): Inspection | undefined {
  try {
    const database = new DatabaseSync(path);
    try {
      const rows = database.prepare('PRAGMA integrity_check').all();
      if (rows.length !== 1 || rows[0]?.['integrity_check'] !== 'ok') return undefined;
      const version = number(database.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
      const found = version === 0 ? undefined : database.prepare('SELECT value FROM settings WHERE name = ?').get(setting);
      return { version, setting: found && text(found, 'value') };
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

function inspectCopy(folder: DataFolder, setting: string): Inspection | undefined {
  const copy = mkdtempSync(join(tmpdir(), 'kms-explorer-check-'));
  try {
    const database = join(copy, 'emulator.db');
    copyFileSync(folder.database, database);
    const log = `${folder.database}-wal`;
    if (existsSync(log)) copyFileSync(log, `${database}-wal`);
    return readCopy(database, setting);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/**
 * Checks that the database is sound and not from a newer release, and gives the value of one of its settings.
 * It works on a copy: opening and closing a database can write to it, and a folder that is refused is kept as it is.
 * Throws StartFailure DATA_CORRUPT.
 */
export function inspectDatabase(folder: DataFolder, setting: string): string | undefined {
  if (!existsSync(folder.database)) return undefined;
  const found = inspectCopy(folder, setting);
  const advice = 'Nothing was changed.';
  if (!found) {
    throw new StartFailure('DATA_CORRUPT', `The database in the data folder ${folder.path} is damaged. ${advice} Put a backup back, or choose another folder with --data.`);
  }
  if (found.version > schemaVersion) {
    throw new StartFailure(
      'DATA_CORRUPT',
      `The database in the data folder ${folder.path} was written by a newer release (schema ${found.version}, this one knows ${schemaVersion}). ${advice} Update, or choose another folder with --data.`,
    );
  }
  return found.setting;
}
