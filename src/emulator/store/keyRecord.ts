import type { KeyManager, KeyOrigin, KeyState, KeyUsage } from '../../core/kms/keyMetadata.ts';
import type { KeySpecName } from '../../core/kms/keySpecs.ts';

/** A key as it is stored, without its material. Times are epoch milliseconds. */
export interface KeyRecord {
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
  readonly deletionWindowDays: number | undefined;
  /** The Region of the primary of a multi-Region key; undefined for a single-Region key. */
  readonly primaryRegion: string | undefined;
  /** Days between automatic rotations; undefined while automatic rotation is off. */
  readonly rotationPeriodDays: number | undefined;
  /** When the current rotation period began. */
  readonly rotationSince: number | undefined;
  /** The newest key material; undefined until material was imported. */
  readonly currentMaterialId: string | undefined;
}

/** The key state as DescribeKey reports it. */
export function keyStateOf(key: KeyRecord): KeyState {
  if (key.deletionAt !== undefined) return 'PendingDeletion';
  if (key.currentMaterialId === undefined) return 'PendingImport';
  return key.enabled ? 'Enabled' : 'Disabled';
}
