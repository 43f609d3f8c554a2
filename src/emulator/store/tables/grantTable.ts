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

/** A principal by its ARN, or a service by its name. */
export interface NamedPrincipal {
  readonly name: string;
  readonly isService: boolean;
}

/** Which grants of a key are wanted; what is undefined excludes none. */
export interface GrantFilter {
  readonly grantId: string | undefined;
  readonly grantee: NamedPrincipal | undefined;
}

export interface GrantTable {
  insert(grant: GrantRow): void;
  find(keyArn: string, grantId: string): GrantRow | undefined;
  /** Grants of a key in the order of their ids, at most `limit`, the first one after `after`. */
  list(keyArn: string, filter: GrantFilter, after: string, limit: number): GrantRow[];
  /** The grants of a key with this name. */
  named(keyArn: string, name: string): GrantRow[];
  /** The grants of a key whose grantee is one of these, by ARN. */
  to(keyArn: string, grantees: readonly string[]): GrantRow[];
  count(keyArn: string): number;
  /** Grants on keys of a Region that a principal may retire, in the order of key ARN and id; `after` is both, joined by a space. */
  retirableBy(retiring: NamedPrincipal, region: string, after: string, limit: number): GrantRow[];
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
  const list = select(
    `SELECT * FROM grants WHERE key_arn = :keyArn AND grant_id > :after AND (:grantId IS NULL OR grant_id = :grantId)
      AND (:grantee IS NULL OR (grantee = :grantee AND grantee_is_service = :isService)) ORDER BY grant_id LIMIT :limit`,
  );
  // The inner queries need no column outside the indexes by name and by grantee, so that SQLite uses them.
  const named = select(
    `SELECT * FROM grants WHERE key_arn = :keyArn
      AND grant_id IN (SELECT grant_id FROM grants WHERE key_arn = :keyArn AND name = :name) ORDER BY grant_id`,
  );
  const to = select(
    `SELECT * FROM grants WHERE key_arn = :keyArn AND grant_id IN
      (SELECT grant_id FROM grants WHERE key_arn = :keyArn AND grantee IN (SELECT value FROM json_each(:grantees))) ORDER BY grant_id`,
  );
  const count = select('SELECT count(*) AS count FROM grants WHERE key_arn = ?');
  const retirable = select(
    `SELECT grants.* FROM grants JOIN keys ON arn = key_arn WHERE retiring = ? AND retiring_is_service = ? AND region = ?
      AND (key_arn, grant_id) > (?, ?) ORDER BY key_arn, grant_id LIMIT ?`,
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
    list: (keyArn, { grantId, grantee }, after, limit) => {
      const wanted = { grantId: grantId ?? null, grantee: grantee?.name ?? null, isService: grantee?.isService === true ? 1 : 0 };
      return list.all({ keyArn, after, limit, ...wanted }).map(toGrant);
    },
    named: (keyArn, name) => named.all({ keyArn, name }).map(toGrant),
    to: (keyArn, grantees) => to.all({ keyArn, grantees: JSON.stringify(grantees) }).map(toGrant),
    count: (keyArn) => number(count.get(keyArn) ?? {}, 'count'),
    retirableBy: ({ name, isService }, region, after, limit) => {
      const [keyArn = '', grantId = ''] = after.split(' ');
      return retirable.all(name, isService ? 1 : 0, region, keyArn, grantId, limit).map(toGrant);
    },
    remove: ({ keyArn, grantId }) => {
      remove(keyArn, grantId);
    },
  };
}
