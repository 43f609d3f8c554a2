import type { KeyOrigin, KeyUsage } from '../keyMetadata.ts';
import type { KeySpecName } from '../keySpecs.ts';
import type { PolicyKind } from './policyChoice.ts';

export type KeyKindName = 'awsOwned' | 'awsManaged' | 'customerManaged';

/** How a customer managed key is to be made. */
export interface RecommendedKey {
  readonly keySpec: KeySpecName;
  readonly keyUsage: KeyUsage;
  readonly origin: KeyOrigin;
  readonly multiRegion: boolean;
  /** Days between automatic rotations; null where KMS does not rotate the key by itself. */
  readonly rotationPeriodInDays: number | null;
  readonly policy: PolicyKind;
}

export type EffortLevel = 'none' | 'little' | 'some' | 'much';

/** What to do, and why. */
export interface Advice {
  readonly kind: KeyKindName;
  /** The key to create; for a kind that AWS makes, the one to create if it is to be one's own all the same. */
  readonly key: RecommendedKey;
  readonly reasons: readonly string[];
  readonly effort: { readonly level: EffortLevel; readonly text: string };
  /** What cannot be changed once the key is there. */
  readonly permanent: readonly string[];
  /** Wishes that do not go together, and what was done about it. */
  readonly cautions: readonly string[];
}
