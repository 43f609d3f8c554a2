import type { KeyManager, KeyMetadata } from './keyMetadata.ts';
import type { KeyTarget } from './keyTarget.ts';

/** A key as lists show it. `metadata` is there once the key was described. */
export interface KeySummary extends KeyTarget {
  readonly aliasNames: readonly string[];
  /** AWS managed keys carry an `alias/aws/` alias, so their kind is known without describing them. */
  readonly keyManager: KeyManager;
  readonly metadata: KeyMetadata | undefined;
}
