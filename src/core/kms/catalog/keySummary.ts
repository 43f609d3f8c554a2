import type { KeyManager, KeyMetadata, KeyRotationStatus, Tag } from '../keyMetadata.ts';
import type { KeyTarget } from '../keyTarget.ts';

/** A key as lists show it. `metadata`, `tags` and `rotation` are there once KMS was asked for them. */
export interface KeySummary extends KeyTarget {
  readonly aliasNames: readonly string[];
  /** AWS managed keys carry an `alias/aws/` alias, so their kind is known without describing them. */
  readonly keyManager: KeyManager;
  readonly metadata: KeyMetadata | undefined;
  readonly tags?: readonly Tag[];
  readonly rotation?: KeyRotationStatus;
}
