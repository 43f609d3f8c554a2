import { bytes, type Row, text } from './row.ts';
import type { Statements } from './statements.ts';

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

export function accessKeyTable({ select, change }: Statements): AccessKeyTable {
  const put = change('INSERT OR REPLACE INTO access_keys VALUES (?, ?, ?, ?)');
  const find = select('SELECT * FROM access_keys WHERE access_key_id = ?');
  return {
    put: ({ accessKeyId, accountId, principalArn, wrappedSecret }) => {
      put(accessKeyId, accountId, principalArn, wrappedSecret);
    },
    find: (accessKeyId) => {
      const row = find.get(accessKeyId);
      return row && toAccessKey(row);
    },
  };
}
