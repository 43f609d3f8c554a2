import { optionalText, type Row, text } from './row.ts';
import type { Statements } from './statements.ts';

/** A user or role of an account. Documents are JSON texts. */
export interface PrincipalRow {
  readonly arn: string;
  readonly accountId: string;
  /** The id that IAM gives: `AIDA...` for a user, `AROA...` for a role. */
  readonly uniqueId: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Identity policies. */
  readonly policies: readonly string[];
  readonly boundary: string | undefined;
  /** Who may assume the role; undefined for a user. */
  readonly trust: string | undefined;
}

export interface PrincipalTable {
  put(principal: PrincipalRow): void;
  find(arn: string): PrincipalRow | undefined;
  list(accountId: string): PrincipalRow[];
}

function toPrincipal(row: Row): PrincipalRow {
  return {
    arn: text(row, 'arn'),
    accountId: text(row, 'account_id'),
    uniqueId: text(row, 'unique_id'),
    tags: JSON.parse(text(row, 'tags')) as Record<string, string>,
    policies: JSON.parse(text(row, 'policies')) as string[],
    boundary: optionalText(row, 'boundary'),
    trust: optionalText(row, 'trust'),
  };
}

export function principalTable({ select, change }: Statements): PrincipalTable {
  const put = change('INSERT OR REPLACE INTO principals VALUES (:arn, :accountId, :uniqueId, :tags, :policies, :boundary, :trust)');
  const find = select('SELECT * FROM principals WHERE arn = ?');
  const list = select('SELECT * FROM principals WHERE account_id = ? ORDER BY arn');
  return {
    put: ({ tags, policies, boundary, trust, ...rest }) => {
      put({ ...rest, tags: JSON.stringify(tags), policies: JSON.stringify(policies), boundary: boundary ?? null, trust: trust ?? null });
    },
    find: (arn) => {
      const row = find.get(arn);
      return row && toPrincipal(row);
    },
    list: (accountId) => list.all(accountId).map(toPrincipal),
  };
}
