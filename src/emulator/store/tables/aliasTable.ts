import { number, type Row, text } from './row.ts';
import type { Statements } from './statements.ts';

/** An alias of one account and Region. `name` carries its `alias/` prefix; times are epoch milliseconds. */
export interface AliasRecord {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly keyArn: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface AliasTable {
  insert(alias: AliasRecord): void;
  find(accountId: string, region: string, name: string): AliasRecord | undefined;
  /** Aliases in the order of their names, at most `limit`, the first one after `after`. */
  list(accountId: string, region: string, after: string, limit: number): AliasRecord[];
  listOf(keyArn: string, after: string, limit: number): AliasRecord[];
  retarget(alias: AliasRecord, keyArn: string, updatedAt: number): void;
  remove(alias: AliasRecord): void;
}

function toAlias(row: Row): AliasRecord {
  return {
    accountId: text(row, 'account_id'),
    region: text(row, 'region'),
    name: text(row, 'name'),
    keyArn: text(row, 'key_arn'),
    createdAt: number(row, 'created_at'),
    updatedAt: number(row, 'updated_at'),
  };
}

export function aliasTable({ select, change }: Statements): AliasTable {
  const place = 'account_id = ? AND region = ? AND name';
  const insert = change('INSERT INTO aliases VALUES (?, ?, ?, ?, ?, ?)');
  const find = select(`SELECT * FROM aliases WHERE ${place} = ?`);
  const list = select(`SELECT * FROM aliases WHERE ${place} > ? ORDER BY name LIMIT ?`);
  const listOf = select('SELECT * FROM aliases WHERE key_arn = ? AND name > ? ORDER BY name LIMIT ?');
  const retarget = change(`UPDATE aliases SET key_arn = ?, updated_at = ? WHERE ${place} = ?`);
  const remove = change(`DELETE FROM aliases WHERE ${place} = ?`);
  return {
    insert: ({ accountId, region, name, keyArn, createdAt, updatedAt }) => {
      insert(accountId, region, name, keyArn, createdAt, updatedAt);
    },
    find: (accountId, region, name) => {
      const row = find.get(accountId, region, name);
      return row && toAlias(row);
    },
    list: (accountId, region, after, limit) => list.all(accountId, region, after, limit).map(toAlias),
    listOf: (keyArn, after, limit) => listOf.all(keyArn, after, limit).map(toAlias),
    retarget: ({ accountId, region, name }, keyArn, updatedAt) => {
      retarget(keyArn, updatedAt, accountId, region, name);
    },
    remove: ({ accountId, region, name }) => {
      remove(accountId, region, name);
    },
  };
}
