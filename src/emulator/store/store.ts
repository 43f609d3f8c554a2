import { DatabaseSync } from 'node:sqlite';
import { dumpTables, restoreTables, type Dump } from '../snapshot.ts';
import { type AccessKeyTable, accessKeyTable } from './accessKeyTable.ts';
import { type AliasTable, aliasTable } from './aliasTable.ts';
import { type KeyTable, keyTable } from './keyTable.ts';
import { type MaterialTable, materialTable } from './materialTable.ts';
import { number, text } from './row.ts';
import { schema } from './schema.ts';
import { type TagTable, tagTable } from './tagTable.ts';

/** The emulator's state. Every write is on the disk when its method, or the transaction around it, returns. */
export interface Store {
  readonly keys: KeyTable;
  readonly materials: MaterialTable;
  readonly aliases: AliasTable;
  readonly tags: TagTable;
  readonly accessKeys: AccessKeyTable;
  setting(name: string): string | undefined;
  putSetting(name: string, value: string): void;
  /** Runs `work` as one transaction: all of it is kept, or none when it throws. */
  transaction<T>(work: () => T): T;
  dump(): Dump;
  /** Replaces everything, in one transaction. */
  restore(dump: Dump): void;
  close(): void;
}

/** Opens the database, making its tables when it is new. `path` is a file that was inspected before, or `:memory:`. */
export function openStore(path: string): Store {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true });
  const version = number(database.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');

  const transaction = <T>(work: () => T): T => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };
  if (version === 0) {
    transaction(() => {
      database.exec(schema);
    });
  }
  return {
    ...tables(database),
    transaction,
    dump: () => dumpTables(database),
    restore: (dump) => {
      transaction(() => {
        restoreTables(database, dump);
      });
    },
    close: () => {
      database.close();
    },
  };
}

function tables(database: DatabaseSync): Omit<Store, 'transaction' | 'dump' | 'restore' | 'close'> {
  const setting = database.prepare('SELECT value FROM settings WHERE name = ?');
  const putSetting = database.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)');
  return {
    keys: keyTable(database),
    materials: materialTable(database),
    aliases: aliasTable(database),
    tags: tagTable(database),
    accessKeys: accessKeyTable(database),
    setting: (name) => {
      const row = setting.get(name);
      return row && text(row, 'value');
    },
    putSetting: (name, value) => {
      putSetting.run(name, value);
    },
  };
}
