import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** Every table, those that others refer to first. */
const tables = [
  'settings',
  'principals',
  'access_keys',
  'key_stores',
  'keys',
  'materials',
  'aliases',
  'tags',
  'grants',
  'key_usage',
] as const;

type Cell = string | number | null | { readonly base64: string };

/** The rows of every table. Secrets in it are wrapped under the root key, as they are in the database. */
export type Dump = Readonly<Record<string, readonly Readonly<Record<string, Cell>>[]>>;

function toCell(value: unknown): Cell {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function fromCell(cell: Cell): SQLInputValue {
  return typeof cell === 'object' && cell !== null ? Buffer.from(cell.base64, 'base64') : cell;
}

export function dumpTables(database: DatabaseSync): Dump {
  const rowsOf = (table: string): Record<string, Cell>[] =>
    database
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toCell(value)])));
  return Object.fromEntries(tables.map((table) => [table, rowsOf(table)]));
}

/** Puts the rows of a dump in the place of all that is there. The caller makes it one transaction. */
export function restoreTables(database: DatabaseSync, dump: Dump): void {
  for (const table of tables.toReversed()) database.exec(`DELETE FROM ${table}`);
  for (const table of tables) {
    for (const row of dump[table] ?? []) {
      const places = Object.keys(row).map(() => '?').join(', ');
      database.prepare(`INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${places})`).run(...Object.values(row).map(fromCell));
    }
  }
}
