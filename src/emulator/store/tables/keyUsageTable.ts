import { number, text } from './row.ts';
import type { Statements } from './statements.ts';

/** The last successful cryptographic operation with a key, as GetKeyLastUsage tells it. */
export interface KeyUsageRow {
  readonly keyArn: string;
  readonly operation: string;
  /** Epoch milliseconds. */
  readonly usedAt: number;
  readonly requestId: string;
}

export interface KeyUsageTable {
  /** Does nothing for a key that is gone. */
  put(usage: KeyUsageRow): void;
  find(keyArn: string): KeyUsageRow | undefined;
}

export function keyUsageTable({ select, change }: Statements): KeyUsageTable {
  const put = change(
    'INSERT OR REPLACE INTO key_usage SELECT :keyArn, :operation, :usedAt, :requestId WHERE EXISTS (SELECT 1 FROM keys WHERE arn = :keyArn)',
  );
  const find = select('SELECT * FROM key_usage WHERE key_arn = ?');
  return {
    put: (usage) => {
      put({ ...usage });
    },
    find: (keyArn) => {
      const row = find.get(keyArn);
      return row && { keyArn, operation: text(row, 'operation'), usedAt: number(row, 'used_at'), requestId: text(row, 'request_id') };
    },
  };
}
