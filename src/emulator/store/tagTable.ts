import type { DatabaseSync } from 'node:sqlite';
import { number, text } from './row.ts';

export interface TagRecord {
  readonly tagKey: string;
  readonly tagValue: string;
}

export interface TagTable {
  put(keyArn: string, tag: TagRecord): void;
  remove(keyArn: string, tagKey: string): void;
  count(keyArn: string): number;
  /** Tags in the order of their keys, at most `limit`, the first one after `after`. */
  list(keyArn: string, after: string, limit: number): TagRecord[];
}

export function tagTable(database: DatabaseSync): TagTable {
  const put = database.prepare('INSERT OR REPLACE INTO tags VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM tags WHERE key_arn = ? AND tag_key = ?');
  const count = database.prepare('SELECT count(*) AS count FROM tags WHERE key_arn = ?');
  const list = database.prepare('SELECT * FROM tags WHERE key_arn = ? AND tag_key > ? ORDER BY tag_key LIMIT ?');
  return {
    put: (keyArn, tag) => {
      put.run(keyArn, tag.tagKey, tag.tagValue);
    },
    remove: (keyArn, tagKey) => {
      remove.run(keyArn, tagKey);
    },
    count: (keyArn) => number(count.get(keyArn) ?? {}, 'count'),
    list: (keyArn, after, limit) =>
      list.all(keyArn, after, limit).map((row) => ({ tagKey: text(row, 'tag_key'), tagValue: text(row, 'tag_value') })),
  };
}
