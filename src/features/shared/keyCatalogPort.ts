import type * as vscode from 'vscode';
import type { KeySummary } from '../../core/kms/catalog/keySummary.ts';
import type { KeyReference } from '../../core/kms/service/keyReference.ts';

/** The keys of the chosen Regions, loaded once and shared by the tree and the quick picks. */
export interface KeyCatalogPort {
  /**
   * All keys of the chosen Regions; loads what is not loaded. A Region that fails is left out and logged; rejects with
   * the first failure when all of them fail.
   */
  allKeys(signal: AbortSignal): Promise<readonly KeySummary[]>;
  /** A key that is loaded already, by its ARN or that of an alias. No call is made. */
  knownKey(arn: string): KeySummary | undefined;
  /** Whether a key would be among those that are loaded if there was one of this ARN. No call is made. */
  isGone(arn: string): boolean;
  /** Asks for keys anew that were changed here. */
  renew(keys: readonly KeyReference[]): Promise<void>;
  /** Keys were loaded, or forgotten. */
  readonly onDidChange: vscode.Event<void>;
}
