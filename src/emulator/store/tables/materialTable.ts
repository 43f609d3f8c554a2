import { bytes, number, optionalNumber, optionalText, type Row, text } from './row.ts';
import type { Statements } from './statements.ts';

/**
 * What a material is to its key (https://docs.aws.amazon.com/kms/latest/APIReference/API_RotationsListEntry.html,
 * KeyMaterialState). Whether pending material still waits for other Regions is seen from their rows, not kept here.
 */
export type MaterialState = 'CURRENT' | 'NON_CURRENT' | 'PENDING_ROTATION';

/** One version of a key's material. Times are epoch milliseconds. */
export interface MaterialRow {
  readonly keyArn: string;
  /** 0 for the first material, one more for each that follows. */
  readonly sequence: number;
  readonly materialId: string;
  readonly state: MaterialState;
  /** Encrypted under the root key; undefined for imported material that expired or was deleted. */
  readonly wrapped: Uint8Array | undefined;
  readonly createdAt: number;
  /** When the material became current by a rotation; undefined for the first one. */
  readonly rotatedAt: number | undefined;
  readonly rotationType: 'AUTOMATIC' | 'ON_DEMAND' | undefined;
  /** When imported material expires; undefined when it does not. */
  readonly validTo: number | undefined;
  /** What whoever imported it wrote about it. */
  readonly description: string | undefined;
}

/** What may change in a stored material. */
export type MaterialChange = Partial<Pick<MaterialRow, 'state' | 'wrapped' | 'rotatedAt' | 'rotationType' | 'validTo' | 'description'>>;

export interface MaterialTable {
  insert(material: MaterialRow): void;
  find(keyArn: string, materialId: string): MaterialRow | undefined;
  /** All materials of a key, oldest first. */
  list(keyArn: string): MaterialRow[];
  update(material: MaterialRow, change: MaterialChange): void;
  remove(material: MaterialRow): void;
  /** The ARN of the key of this Region that has this material, in any account; the given one goes before the others. */
  ownerOf(materialId: string, accountId: string, region: string): string | undefined;
  /** Imported materials whose time has come. */
  expiredAt(time: number): MaterialRow[];
  /** The next time at which an imported material expires. */
  nextExpiry(): number | undefined;
}

function toMaterial(row: Row): MaterialRow {
  return {
    keyArn: text(row, 'key_arn'),
    sequence: number(row, 'sequence'),
    materialId: text(row, 'material_id'),
    state: text(row, 'state') as MaterialState,
    wrapped: row['wrapped'] === null ? undefined : bytes(row, 'wrapped'),
    createdAt: number(row, 'created_at'),
    rotatedAt: optionalNumber(row, 'rotated_at'),
    rotationType: optionalText(row, 'rotation_type') as MaterialRow['rotationType'],
    validTo: optionalNumber(row, 'valid_to'),
    description: optionalText(row, 'description'),
  };
}

function toColumns(material: MaterialRow) {
  const { rotatedAt, rotationType, validTo, description, wrapped, ...rest } = material;
  return {
    ...rest,
    wrapped: wrapped ?? null,
    rotatedAt: rotatedAt ?? null,
    rotationType: rotationType ?? null,
    validTo: validTo ?? null,
    description: description ?? null,
  };
}

export function materialTable({ select, change }: Statements): MaterialTable {
  const put = change(
    `INSERT OR REPLACE INTO materials VALUES (:keyArn, :sequence, :materialId, :state, :wrapped, :createdAt, :rotatedAt,
      :rotationType, :validTo, :description)`,
  );
  const remove = change('DELETE FROM materials WHERE key_arn = ? AND sequence = ?');
  const find = select('SELECT * FROM materials WHERE material_id = ? AND key_arn = ?');
  const list = select('SELECT * FROM materials WHERE key_arn = ? ORDER BY sequence');
  // CROSS JOIN keeps this order: from the one material to its key, not through all keys of the Region.
  const owner = select(
    `SELECT arn FROM materials CROSS JOIN keys ON arn = key_arn WHERE material_id = ? AND region = ?
      ORDER BY account_id = ? DESC LIMIT 1`,
  );
  const expired = select('SELECT * FROM materials WHERE valid_to <= ? AND wrapped IS NOT NULL');
  const next = select('SELECT min(valid_to) AS at FROM materials WHERE valid_to IS NOT NULL AND wrapped IS NOT NULL');
  return {
    insert: (material) => {
      put(toColumns(material));
    },
    find: (keyArn, materialId) => {
      const row = find.get(materialId, keyArn);
      return row && toMaterial(row);
    },
    list: (keyArn) => list.all(keyArn).map(toMaterial),
    update: (material, changes) => {
      put(toColumns({ ...material, ...changes }));
    },
    remove: ({ keyArn, sequence }) => {
      remove(keyArn, sequence);
    },
    ownerOf: (materialId, accountId, region) => {
      const row = owner.get(materialId, region, accountId);
      return row && text(row, 'arn');
    },
    expiredAt: (time) => expired.all(time).map(toMaterial),
    nextExpiry: () => optionalNumber(next.get() ?? { at: null }, 'at'),
  };
}
