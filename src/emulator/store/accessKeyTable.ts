import type { DatabaseSync } from 'node:sqlite';
import { bytes, type Row, text } from './row.ts';

/** An access key and whom it stands for. The secret is wrapped under the root key. */
export interface AccessKeyRow {
  readonly accessKeyId: string;
  readonly accountId: string;
  readonly principalArn: string;
  readonly wrappedSecret: Uint8Array;
}

export interface AccessKeyTable {
  put(row: AccessKeyRow): void;
  find(accessKeyId: string): AccessKeyRow | undefined;
}

function toAccessKey(row: Row): AccessKeyRow {
  return {
    accessKeyId: text(row, 'access_key_id'),
    accountId: text(row, 'account_id'),
    principalArn: text(row, 'principal_arn'),
    wrappedSecret: bytes(row, 'wrapped_secret'),
  };
}

export function accessKeyTable(database: DatabaseSync): AccessKeyTable {
  const put = database.prepare('INSERT OR REPLACE INTO access_keys VALUES (?, ?, ?, ?)');
  const find = database.prepare('SELECT * FROM access_keys WHERE access_key_id = ?');
  return {
    put: ({ accessKeyId, accountId, principalArn, wrappedSecret }) => {
      put.run(accessKeyId, accountId, principalArn, wrappedSecret);
    },
    find: (accessKeyId) => {
      const row = find.get(accessKeyId);
      return row && toAccessKey(row);
    },
  };
}
