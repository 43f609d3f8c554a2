import { text } from './row.ts';
import type { Statements } from './statements.ts';

export interface TagRecord {
  readonly tagKey: string;
  readonly tagValue: string;
}

export interface TagTable {
  put(keyArn: string, tag: TagRecord): void;
  remove(keyArn: string, tagKey: string): void;
  /** Tags in the order of their keys, at most `limit`, the first one after `after`. */
  list(keyArn: string, after: string, limit: number): TagRecord[];
}

export function tagTable({ select, change }: Statements): TagTable {
  const put = change('INSERT OR REPLACE INTO tags VALUES (?, ?, ?)');
  const remove = change('DELETE FROM tags WHERE key_arn = ? AND tag_key = ?');
  const list = select('SELECT * FROM tags WHERE key_arn = ? AND tag_key > ? ORDER BY tag_key LIMIT ?');
  return {
    put: (keyArn, tag) => {
      put(keyArn, tag.tagKey, tag.tagValue);
    },
    remove: (keyArn, tagKey) => {
      remove(keyArn, tagKey);
    },
    list: (keyArn, after, limit) =>
      list.all(keyArn, after, limit).map((row) => ({ tagKey: text(row, 'tag_key'), tagValue: text(row, 'tag_value') })),
  };
}
