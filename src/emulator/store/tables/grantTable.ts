import { number, optionalText, type Row, text } from './row.ts';
import type { Statements } from './statements.ts';

/** A grant as it is stored (https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html). */
export interface GrantRow {
  readonly keyArn: string;
  /** 64 hexadecimal digits. */
  readonly grantId: string;
  /** Empty for a grant without a name. */
  readonly name: string;
  readonly issuingAccount: string;
  /** The ARN of a principal, or a service's name. */
  readonly grantee: string;
  readonly granteeIsService: boolean;
  readonly retiring: string | undefined;
  readonly retiringIsService: boolean;
  readonly operations: readonly string[];
  readonly constraints: GrantConstraints | undefined;
  readonly createdAt: number;
}

export interface GrantConstraints {
  readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
  readonly EncryptionContextSubset?: Readonly<Record<string, string>>;
  readonly SourceArn?: string;
}

export interface GrantTable {
  insert(grant: GrantRow): void;
  find(keyArn: string, grantId: string): GrantRow | undefined;
  /** Grants of a key in the order of their ids, at most `limit`, the first one after `after`. */
  list(keyArn: string, after: string, limit: number): GrantRow[];
  ofKey(keyArn: string): GrantRow[];
  count(keyArn: string): number;
  /** Grants that a principal may retire, in the order of key ARN and id; `after` is both, joined by a space. */
  retirableBy(retiring: string, after: string, limit: number): GrantRow[];
  remove(grant: GrantRow): void;
}

function toGrant(row: Row): GrantRow {
  const constraints = optionalText(row, 'constraints');
  return {
    keyArn: text(row, 'key_arn'),
    grantId: text(row, 'grant_id'),
    name: text(row, 'name'),
    issuingAccount: text(row, 'issuing_account'),
    grantee: text(row, 'grantee'),
    granteeIsService: number(row, 'grantee_is_service') === 1,
    retiring: optionalText(row, 'retiring'),
    retiringIsService: number(row, 'retiring_is_service') === 1,
    operations: JSON.parse(text(row, 'operations')) as string[],
    constraints: constraints === undefined ? undefined : (JSON.parse(constraints) as GrantConstraints),
    createdAt: number(row, 'created_at'),
  };
}

export function grantTable({ select, change }: Statements): GrantTable {
  const insert = change(
    `INSERT INTO grants VALUES (:keyArn, :grantId, :name, :issuingAccount, :grantee, :granteeIsService, :retiring,
      :retiringIsService, :operations, :constraints, :createdAt)`,
  );
  const remove = change('DELETE FROM grants WHERE key_arn = ? AND grant_id = ?');
  const find = select('SELECT * FROM grants WHERE key_arn = ? AND grant_id = ?');
  const list = select('SELECT * FROM grants WHERE key_arn = ? AND grant_id > ? ORDER BY grant_id LIMIT ?');
  const ofKey = select('SELECT * FROM grants WHERE key_arn = ? ORDER BY grant_id');
  const count = select('SELECT count(*) AS count FROM grants WHERE key_arn = ?');
  const retirable = select(
    `SELECT * FROM grants WHERE retiring = ? AND (key_arn || ' ' || grant_id) > ? ORDER BY key_arn, grant_id LIMIT ?`,
  );
  return {
    insert: ({ granteeIsService, retiring, retiringIsService, operations, constraints, ...rest }) => {
      insert({
        ...rest,
        granteeIsService: granteeIsService ? 1 : 0,
        retiring: retiring ?? null,
        retiringIsService: retiringIsService ? 1 : 0,
        operations: JSON.stringify(operations),
        constraints: constraints === undefined ? null : JSON.stringify(constraints),
      });
    },
    find: (keyArn, grantId) => {
      const row = find.get(keyArn, grantId);
      return row && toGrant(row);
    },
    list: (keyArn, after, limit) => list.all(keyArn, after, limit).map(toGrant),
    ofKey: (keyArn) => ofKey.all(keyArn).map(toGrant),
    count: (keyArn) => number(count.get(keyArn) ?? {}, 'count'),
    retirableBy: (retiring, after, limit) => retirable.all(retiring, after, limit).map(toGrant),
    remove: ({ keyArn, grantId }) => {
      remove(keyArn, grantId);
    },
  };
}
