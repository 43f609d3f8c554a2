import type { DatabaseSync } from 'node:sqlite';
import { bytes, number, type Row, text } from './row.ts';

/** One version of a key's material, wrapped under the root key. */
export interface MaterialRow {
  readonly keyArn: string;
  /** 0 for the first material, one more after each rotation. */
  readonly sequence: number;
  readonly materialId: string;
  readonly wrapped: Uint8Array;
  readonly createdAt: number;
}

export interface MaterialTable {
  insert(material: MaterialRow): void;
  find(keyArn: string, materialId: string): MaterialRow | undefined;
  /** The ARN of the key of this account and Region that has this material. */
  ownerOf(materialId: string, accountId: string, region: string): string | undefined;
}

function toMaterial(row: Row): MaterialRow {
  return {
    keyArn: text(row, 'key_arn'),
    sequence: number(row, 'sequence'),
    materialId: text(row, 'material_id'),
    wrapped: bytes(row, 'wrapped'),
    createdAt: number(row, 'created_at'),
  };
}

export function materialTable(database: DatabaseSync): MaterialTable {
  const insert = database.prepare('INSERT INTO materials VALUES (?, ?, ?, ?, ?)');
  const find = database.prepare('SELECT * FROM materials WHERE material_id = ? AND key_arn = ?');
  const owner = database.prepare(
    `SELECT arn FROM materials JOIN keys ON arn = key_arn WHERE material_id = ? AND account_id = ? AND region = ?`,
  );
  return {
    insert: ({ keyArn, sequence, materialId, wrapped, createdAt }) => {
      insert.run(keyArn, sequence, materialId, wrapped, createdAt);
    },
    find: (keyArn, materialId) => {
      const row = find.get(materialId, keyArn);
      return row && toMaterial(row);
    },
    ownerOf: (materialId, accountId, region) => {
      const row = owner.get(materialId, accountId, region);
      return row && text(row, 'arn');
    },
  };
}
