import type { KeyMetadata, KeyOrigin, KeyUsage, Tag } from '../keyMetadata.ts';
import type { KeyReference } from './keyReference.ts';

/** A key to create; what is left out is for KMS to choose. */
export interface NewKey {
  readonly keySpec: string;
  readonly keyUsage: KeyUsage;
  readonly origin: KeyOrigin;
  readonly description?: string;
  readonly multiRegion?: boolean;
  readonly policy?: string;
  readonly tags?: readonly Tag[];
  readonly customKeyStoreId?: string;
  readonly xksKeyId?: string;
}

/** A replica to make of a multi-Region primary key. */
export interface NewReplica {
  readonly replicaRegion: string;
  readonly description?: string;
  readonly policy?: string;
  readonly tags?: readonly Tag[];
}

/** What changes a key during its life. */
export interface KeyLifecycle {
  createKey(region: string, key: NewKey, signal: AbortSignal): Promise<KeyMetadata>;
  enableKey(key: KeyReference, signal: AbortSignal): Promise<void>;
  disableKey(key: KeyReference, signal: AbortSignal): Promise<void>;
  updateKeyDescription(key: KeyReference, description: string, signal: AbortSignal): Promise<void>;
  /** `days` is 7 to 30. Gives the deletion date in epoch milliseconds; undefined for a primary that waits for its replicas. */
  scheduleKeyDeletion(key: KeyReference, days: number, signal: AbortSignal): Promise<number | undefined>;
  cancelKeyDeletion(key: KeyReference, signal: AbortSignal): Promise<void>;
  /** `bypass` leaves out KMS's check that the caller can still change the policy afterwards. */
  putKeyPolicy(key: KeyReference, policy: string, signal: AbortSignal, bypass?: boolean): Promise<void>;
  /** `periodInDays` is 90 to 2560. */
  enableKeyRotation(key: KeyReference, periodInDays: number, signal: AbortSignal): Promise<void>;
  disableKeyRotation(key: KeyReference, signal: AbortSignal): Promise<void>;
  rotateKeyOnDemand(key: KeyReference, signal: AbortSignal): Promise<void>;
  replicateKey(key: KeyReference, replica: NewReplica, signal: AbortSignal): Promise<KeyMetadata>;
  updatePrimaryRegion(key: KeyReference, primaryRegion: string, signal: AbortSignal): Promise<void>;
}
