import type { KeyManager, KeyOrigin, KeyUsage } from '../../../core/kms/keyMetadata.ts';
import type { KeySpecName } from '../../../core/kms/keySpecs.ts';
import type { KeyRecord, StoredKey } from '../keyRecord.ts';
import type { ConnectionState } from './keyStoreTable.ts';
import { number, optionalNumber, optionalText, type Row, text } from './row.ts';
import type { Statements } from './statements.ts';

/** What may change in a stored key. */
export type KeyChange = Partial<
  Pick<
    StoredKey,
    | 'description'
    | 'enabled'
    | 'policy'
    | 'deletionAt'
    | 'deletionWindowDays'
    | 'primaryRegion'
    | 'rotationPeriodDays'
    | 'nextRotationAt'
    | 'transient'
  >
>;

export interface KeyTable {
  insert(key: StoredKey): void;
  find(arn: string): KeyRecord | undefined;
  /** Keys of an account and Region in the order of their ids, at most `limit`, the first one after `after`. */
  list(accountId: string, region: string, after: string, limit: number): KeyRecord[];
  /** Every Region's key of a multi-Region key, in the order of the Regions. */
  related(accountId: string, keyId: string): KeyRecord[];
  inStore(storeId: string): KeyRecord[];
  update(key: StoredKey, change: KeyChange): void;
  /** Keys whose waiting period ended at `time` or before, the one that ended first at the head. */
  deletedAt(time: number): KeyRecord[];
  nextDeletion(): number | undefined;
  /** Keys whose automatic rotation is due at `time`: enabled ones, and of multi-Region keys the primary. */
  rotatingAt(time: number): KeyRecord[];
  nextRotation(): number | undefined;
  /** Removes a key with its material, aliases, tags and grants. */
  remove(arn: string): void;
  removeAll(): void;
}

const columns = `keys.*,
  (SELECT material_id FROM materials WHERE key_arn = arn AND state = 'CURRENT') AS current_material_id,
  (SELECT count(*) FROM materials WHERE key_arn = arn AND wrapped IS NULL AND state IN ('CURRENT', 'NON_CURRENT')) AS missing_materials,
  (SELECT state FROM key_stores WHERE key_stores.store_id = keys.store_id) AS store_state`;

function transientOf(row: Row): StoredKey['transient'] {
  const state = optionalText(row, 'transient_state');
  return state === undefined ? undefined : { state: state as 'Creating' | 'Updating', until: number(row, 'transient_until') };
}

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
    nextRotationAt: optionalNumber(row, 'rotation_at'),
    transient: transientOf(row),
    storeId: optionalText(row, 'store_id'),
    xksKeyId: optionalText(row, 'xks_key_id'),
    currentMaterialId: optionalText(row, 'current_material_id'),
    missingMaterials: number(row, 'missing_materials'),
    storeState: optionalText(row, 'store_state') as ConnectionState | undefined,
  };
}

/** The columns that may change, as SQLite takes them. */
function changeable(key: Required<{ [Name in keyof KeyChange]: StoredKey[Name] }>) {
  return {
    description: key.description,
    enabled: key.enabled ? 1 : 0,
    policy: key.policy,
    deletionAt: key.deletionAt ?? null,
    deletionWindowDays: key.deletionWindowDays ?? null,
    primaryRegion: key.primaryRegion ?? null,
    rotationPeriodDays: key.rotationPeriodDays ?? null,
    nextRotationAt: key.nextRotationAt ?? null,
    transientState: key.transient?.state ?? null,
    transientUntil: key.transient?.until ?? null,
  };
}

function toColumns(key: StoredKey) {
  const { arn, accountId, region, keyId, spec, usage, origin, manager, createdAt, storeId, xksKeyId } = key;
  const fixed = { arn, accountId, region, keyId, spec, usage, origin, manager, createdAt };
  return { ...fixed, storeId: storeId ?? null, xksKeyId: xksKeyId ?? null, ...changeable(key) };
}

/** A rotation waits while its key is disabled or its deletion is pending, and replicas rotate with their primary. */
const rotates = `rotation_at IS NOT NULL AND enabled = 1 AND deletion_at IS NULL AND deletion_window_days IS NULL
  AND (primary_region IS NULL OR primary_region = region)`;

const insertion = `INSERT INTO keys VALUES (:arn, :accountId, :region, :keyId, :spec, :usage, :origin, :manager, :description,
  :enabled, :policy, :createdAt, :deletionAt, :deletionWindowDays, :primaryRegion, :rotationPeriodDays, :nextRotationAt,
  :transientState, :transientUntil, :storeId, :xksKeyId)`;

const change = `UPDATE keys SET description = :description, enabled = :enabled, policy = :policy, deletion_at = :deletionAt,
  deletion_window_days = :deletionWindowDays, primary_region = :primaryRegion, rotation_period_days = :rotationPeriodDays,
  rotation_at = :nextRotationAt, transient_state = :transientState, transient_until = :transientUntil WHERE arn = :arn`;

export function keyTable(statements: Statements): KeyTable {
  const { select } = statements;
  const insert = statements.change(insertion);
  const update = statements.change(change);
  const remove = statements.change('DELETE FROM keys WHERE arn = ?');
  const removeAll = statements.change('DELETE FROM keys');
  const find = select(`SELECT ${columns} FROM keys WHERE arn = ?`);
  const list = select(`SELECT ${columns} FROM keys WHERE account_id = ? AND region = ? AND key_id > ? ORDER BY key_id LIMIT ?`);
  // For the order, SQLite would rather go through every key of the account.
  const related = select(`SELECT ${columns} FROM keys INDEXED BY keys_by_id WHERE account_id = ? AND key_id = ? AND primary_region IS NOT NULL ORDER BY region`);
  const inStore = select(`SELECT ${columns} FROM keys WHERE store_id = ? ORDER BY arn`);
  const deleted = select(`SELECT ${columns} FROM keys WHERE deletion_at <= ? ORDER BY deletion_at`);
  const rotating = select(`SELECT ${columns} FROM keys WHERE rotation_at <= ? AND ${rotates}`);
  const nextDeletion = select('SELECT min(deletion_at) AS at FROM keys WHERE deletion_at IS NOT NULL');
  const nextRotation = select(`SELECT min(rotation_at) AS at FROM keys WHERE ${rotates}`);
  const timeOf = (row: Row | undefined): number | undefined => optionalNumber(row ?? { at: null }, 'at');
  return {
    insert: (key) => {
      insert(toColumns(key));
    },
    find: (arn) => {
      const row = find.get(arn);
      return row && toRecord(row);
    },
    list: (accountId, region, after, limit) => list.all(accountId, region, after, limit).map(toRecord),
    related: (accountId, keyId) => related.all(accountId, keyId).map(toRecord),
    inStore: (storeId) => inStore.all(storeId).map(toRecord),
    update: (key, changes) => {
      update({ arn: key.arn, ...changeable({ ...key, ...changes }) });
    },
    deletedAt: (time) => deleted.all(time).map(toRecord),
    nextDeletion: () => timeOf(nextDeletion.get()),
    rotatingAt: (time) => rotating.all(time).map(toRecord),
    nextRotation: () => timeOf(nextRotation.get()),
    remove: (arn) => {
      remove(arn);
    },
    removeAll: () => {
      removeAll();
    },
  };
}
