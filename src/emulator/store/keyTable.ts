import type { DatabaseSync } from 'node:sqlite';
import type { KeyManager, KeyOrigin, KeyUsage } from '../../core/kms/keyMetadata.ts';
import type { KeySpecName } from '../../core/kms/keySpecs.ts';
import type { KeyRecord } from './keyRecord.ts';
import { number, optionalNumber, optionalText, type Row, text } from './row.ts';

/** What may change in a stored key. */
export type KeyChange = Partial<
  Pick<KeyRecord, 'description' | 'enabled' | 'policy' | 'deletionAt' | 'deletionWindowDays' | 'rotationPeriodDays' | 'rotationSince'>
>;

export interface KeyTable {
  insert(key: Omit<KeyRecord, 'currentMaterialId'>): void;
  find(arn: string): KeyRecord | undefined;
  /** Keys of an account and Region in the order of their ids, at most `limit`, the first one after `after`. */
  list(accountId: string, region: string, after: string, limit: number): KeyRecord[];
  /** Every Region's key of a multi-Region key, in the order of the Regions. */
  related(accountId: string, keyId: string): KeyRecord[];
  update(key: KeyRecord, change: KeyChange): void;
  /** Removes the keys whose waiting period has ended, with their material, aliases and tags; gives their ARNs. */
  removeDeletedBefore(time: number): string[];
  removeAll(): void;
}

const currentMaterial =
  '(SELECT material_id FROM materials WHERE key_arn = arn ORDER BY sequence DESC LIMIT 1) AS current_material_id';

function toRecord(row: Row): KeyRecord {
  return {
    arn: text(row, 'arn'),
    accountId: text(row, 'account_id'),
    region: text(row, 'region'),
    keyId: text(row, 'key_id'),
    spec: text(row, 'spec') as KeySpecName,
    usage: text(row, 'usage') as KeyUsage,
    origin: text(row, 'origin') as KeyOrigin,
    manager: text(row, 'manager') as KeyManager,
    description: text(row, 'description'),
    enabled: number(row, 'enabled') === 1,
    policy: text(row, 'policy'),
    createdAt: number(row, 'created_at'),
    deletionAt: optionalNumber(row, 'deletion_at'),
    deletionWindowDays: optionalNumber(row, 'deletion_window_days'),
    primaryRegion: optionalText(row, 'primary_region'),
    rotationPeriodDays: optionalNumber(row, 'rotation_period_days'),
    rotationSince: optionalNumber(row, 'rotation_since'),
    currentMaterialId: optionalText(row, 'current_material_id'),
  };
}

/** The columns that may change, as SQLite takes them. */
function changeable(key: Pick<KeyRecord, keyof KeyChange>) {
  return {
    description: key.description,
    enabled: key.enabled ? 1 : 0,
    policy: key.policy,
    deletionAt: key.deletionAt ?? null,
    deletionWindowDays: key.deletionWindowDays ?? null,
    rotationPeriodDays: key.rotationPeriodDays ?? null,
    rotationSince: key.rotationSince ?? null,
  };
}

export function keyTable(database: DatabaseSync): KeyTable {
  const insert = database.prepare(
    `INSERT INTO keys VALUES (:arn, :accountId, :region, :keyId, :spec, :usage, :origin, :manager, :description, :enabled,
      :policy, :createdAt, :deletionAt, :deletionWindowDays, :primaryRegion, :rotationPeriodDays, :rotationSince)`,
  );
  const find = database.prepare(`SELECT *, ${currentMaterial} FROM keys WHERE arn = ?`);
  const list = database.prepare(
    `SELECT *, ${currentMaterial} FROM keys WHERE account_id = ? AND region = ? AND key_id > ? ORDER BY key_id LIMIT ?`,
  );
  const related = database.prepare(
    `SELECT *, ${currentMaterial} FROM keys
      WHERE account_id = ? AND key_id = ? AND primary_region IS NOT NULL ORDER BY region`,
  );
  const update = database.prepare(
    `UPDATE keys SET description = :description, enabled = :enabled, policy = :policy, deletion_at = :deletionAt,
      deletion_window_days = :deletionWindowDays, rotation_period_days = :rotationPeriodDays,
      rotation_since = :rotationSince WHERE arn = :arn`,
  );
  const due = database.prepare('SELECT arn FROM keys WHERE deletion_at <= ?');
  const remove = database.prepare('DELETE FROM keys WHERE deletion_at <= ?');

  return {
    insert: ({ enabled, ...key }) => {
      insert.run({ ...key, ...changeable({ ...key, enabled }), primaryRegion: key.primaryRegion ?? null });
    },
    find: (arn) => {
      const row = find.get(arn);
      return row && toRecord(row);
    },
    list: (accountId, region, after, limit) => list.all(accountId, region, after, limit).map(toRecord),
    related: (accountId, keyId) => related.all(accountId, keyId).map(toRecord),
    update: (key, change) => {
      update.run({ arn: key.arn, ...changeable({ ...key, ...change }) });
    },
    removeDeletedBefore: (time) => {
      const arns = due.all(time).map((row) => text(row, 'arn'));
      if (arns.length > 0) remove.run(time);
      return arns;
    },
    removeAll: () => {
      database.exec('DELETE FROM keys');
    },
  };
}
