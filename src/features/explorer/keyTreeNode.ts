import type { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { KeySummary } from '../../core/kms/keySummary.ts';

export type KeyType = 'customer' | 'aws' | 'owned';

/**
 * A row of the Keys view. `id` stays the same when the rows are made anew, so that VS Code keeps what is expanded and
 * selected; `parent` is there for reveal().
 */
export type KeyTreeNode = RegionNode | TypeNode | KeyNode | UnusedAliasNode | MoreNode | ErrorNode;

export interface RegionNode {
  readonly kind: 'region';
  readonly id: string;
  readonly parent: TypeNode | undefined;
  readonly region: string;
}

export interface TypeNode {
  readonly kind: 'type';
  readonly id: string;
  readonly parent: RegionNode | undefined;
  readonly type: KeyType;
  /** Missing at the top of the grouping type -> Region. */
  readonly region: string | undefined;
}

export interface KeyNode {
  readonly kind: 'key';
  readonly id: string;
  readonly parent: RegionNode | TypeNode;
  readonly key: KeySummary;
}

/** An `alias/aws/` name whose key is not made yet. */
export interface UnusedAliasNode {
  readonly kind: 'unusedAlias';
  readonly id: string;
  readonly parent: RegionNode | TypeNode;
  readonly aliasName: string;
}

/** Stands for the keys that a long group does not show yet. */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly parent: RegionNode | TypeNode;
  readonly groupId: string;
  readonly hidden: number;
}

/** A Region that could not be listed. */
export interface ErrorNode {
  readonly kind: 'error';
  readonly id: string;
  readonly parent: RegionNode | TypeNode | undefined;
  readonly region: string;
  readonly error: KmsExplorerError;
}
