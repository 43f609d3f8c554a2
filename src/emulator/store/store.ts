import { DatabaseSync } from 'node:sqlite';
import { dumpTables, restoreTables, type Dump } from '../snapshot.ts';
import { rememberedReads } from './rememberedReads.ts';
import { schema } from './schema.ts';
import { type AccessKeyTable, accessKeyTable } from './tables/accessKeyTable.ts';
import { type AliasTable, aliasTable } from './tables/aliasTable.ts';
import { type GrantTable, grantTable } from './tables/grantTable.ts';
import { type KeyStoreTable, keyStoreTable } from './tables/keyStoreTable.ts';
import { type KeyTable, keyTable } from './tables/keyTable.ts';
import { type KeyUsageTable, keyUsageTable } from './tables/keyUsageTable.ts';
import { type MaterialTable, materialTable } from './tables/materialTable.ts';
import { type PrincipalTable, principalTable } from './tables/principalTable.ts';
import { number, text } from './tables/row.ts';
import { type Statements, statementsOf } from './tables/statements.ts';
import { type TagTable, tagTable } from './tables/tagTable.ts';

/** The rows of the store, table by table. Every write is on the disk when its method, or the transaction around it, returns. */
interface Tables {
  readonly keys: KeyTable;
  readonly materials: MaterialTable;
  readonly aliases: AliasTable;
  readonly tags: TagTable;
  readonly grants: GrantTable;
  readonly keyUsage: KeyUsageTable;
  readonly keyStores: KeyStoreTable;
  readonly principals: PrincipalTable;
  readonly accessKeys: AccessKeyTable;
}

/** The emulator's state. */
export interface Store extends Tables {
  setting(name: string): string | undefined;
  putSetting(name: string, value: string): void;
  /** A number that is another one after every change, so that what was derived from the rows can be kept until then. */
  revision(): number;
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
  let revision = 0;
  const changed = (): void => {
    revision += 1;
  };
  const transaction = <T>(work: () => T): T => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    } finally {
      changed();
    }
  };
  if (version === 0) {
    transaction(() => {
      database.exec(schema);
    });
  }
  const statements = statementsOf(database, changed);
  return {
    ...remembering(tablesOf(statements), () => revision),
    ...settingsOf(statements),
    revision: () => revision,
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

function tablesOf(statements: Statements): Tables {
  return {
    keys: keyTable(statements),
    materials: materialTable(statements),
    aliases: aliasTable(statements),
    tags: tagTable(statements),
    grants: grantTable(statements),
    keyUsage: keyUsageTable(statements),
    keyStores: keyStoreTable(statements),
    principals: principalTable(statements),
    accessKeys: accessKeyTable(statements),
  };
}

/** Few enough to fit in some megabytes, as a key's policy can have 32 kB. */
const mostRemembered = 1_000;
const mostPages = 16;
const longestPage = 101;

/** The tables with the reads that most calls begin with kept in memory: the key, the alias, the owner of a ciphertext, short pages. */
function remembering(tables: Tables, revision: () => number): Tables {
  const { keys, aliases, materials } = tables;
  const rows = rememberedReads(revision, mostRemembered);
  const pages = rememberedReads(revision, mostPages);
  const allKeys: KeyTable['list'] = (...place) => keys.list(...place);
  const allAliases: AliasTable['list'] = (...place) => aliases.list(...place);
  const pageOfKeys = pages.of(allKeys);
  const pageOfAliases = pages.of(allAliases);
  return {
    ...tables,
    keys: {
      ...keys,
      find: rows.of((arn: string) => keys.find(arn)),
      list: (accountId, region, after, limit) => (limit > longestPage ? allKeys : pageOfKeys)(accountId, region, after, limit),
    },
    aliases: {
      ...aliases,
      find: rows.of((accountId: string, region: string, name: string) => aliases.find(accountId, region, name)),
      list: (accountId, region, after, limit) => (limit > longestPage ? allAliases : pageOfAliases)(accountId, region, after, limit),
    },
    materials: { ...materials, ownerOf: rows.of((id: string, accountId: string, region: string) => materials.ownerOf(id, accountId, region)) },
  };
}

function settingsOf({ select, change }: Statements): Pick<Store, 'setting' | 'putSetting'> {
  const setting = select('SELECT value FROM settings WHERE name = ?');
  const putSetting = change('INSERT OR REPLACE INTO settings VALUES (?, ?)');
  return {
    setting: (name) => {
      const row = setting.get(name);
      return row && text(row, 'value');
    },
    putSetting: (name, value) => {
      putSetting(name, value);
    },
  };
}
