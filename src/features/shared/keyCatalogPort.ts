import type { KeySummary } from '../../core/kms/catalog/keySummary.ts';

/** The keys of the chosen Regions, loaded once and shared by the tree and the quick picks. */
export interface KeyCatalogPort {
  /**
   * All keys of the chosen Regions; loads what is not loaded. A Region that fails is left out and logged; rejects with
   * the first failure when all of them fail.
   */
  allKeys(signal: AbortSignal): Promise<readonly KeySummary[]>;
  /** A key that is loaded already. No call is made. */
  knownKey(arn: string): KeySummary | undefined;
}
