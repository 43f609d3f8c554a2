import type { KeyManager, KeyOrigin, KeyState, KeyUsage } from '../../core/kms/keyMetadata.ts';
import type { KeySpecName } from '../../core/kms/keySpecs.ts';
import type { ConnectionState } from './tables/keyStoreTable.ts';

/** A key as it is stored, without its material. Times are epoch milliseconds. */
export interface StoredKey {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly keyId: string;
  readonly spec: KeySpecName;
  readonly usage: KeyUsage;
  readonly origin: KeyOrigin;
  readonly manager: KeyManager;
  readonly description: string;
  readonly enabled: boolean;
  /** The key policy, byte for byte as it was put. */
  readonly policy: string;
  readonly createdAt: number;
  readonly deletionAt: number | undefined;
  /** Set without `deletionAt` for a primary key that waits for the deletion of its replicas. */
  readonly deletionWindowDays: number | undefined;
  /** The Region of the primary of a multi-Region key; undefined for a single-Region key. */
  readonly primaryRegion: string | undefined;
  /** Days between automatic rotations; undefined while automatic rotation is off. */
  readonly rotationPeriodDays: number | undefined;
  /** When the next automatic rotation is due. */
  readonly nextRotationAt: number | undefined;
  /** A state that passes by itself at `until`. */
  readonly transient: { readonly state: 'Creating' | 'Updating'; readonly until: number } | undefined;
  /** The custom key store that holds the key. */
  readonly storeId: string | undefined;
  /** The key's name in the external key manager behind an external key store. */
  readonly xksKeyId: string | undefined;
}

/** A stored key with what other tables say of it. */
export interface KeyRecord extends StoredKey {
  /** The material that encrypts now; undefined until material was imported. */
  readonly currentMaterialId: string | undefined;
  /** Imported materials in use that expired or were deleted: any of them makes the key unusable. */
  readonly missingMaterials: number;
  /** The connection state of the custom key store. */
  readonly storeState: ConnectionState | undefined;
}

/** The key state as DescribeKey reports it at `now` (https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html). */
export function keyStateOf(key: KeyRecord, now: number): KeyState {
  if (key.deletionAt !== undefined) return 'PendingDeletion';
  if (key.deletionWindowDays !== undefined) return 'PendingReplicaDeletion';
  if (key.transient !== undefined && now < key.transient.until) return key.transient.state;
  if (key.storeId !== undefined && key.storeState !== 'CONNECTED') return 'Unavailable';
  if (key.currentMaterialId === undefined || key.missingMaterials > 0) return 'PendingImport';
  return key.enabled ? 'Enabled' : 'Disabled';
}
