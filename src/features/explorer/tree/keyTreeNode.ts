import type { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { KeySummary } from '../../../core/kms/catalog/keySummary.ts';
import type { KeyTarget } from '../../../core/kms/keyTarget.ts';
import type { Dimension } from './grouping.ts';

/**
 * A row of the Keys view. `id` stays the same when the rows are made anew, so that VS Code keeps what is expanded and
 * selected; `parent` is there for reveal().
 */
export type KeyTreeNode = GroupNode | KeyNode | RelatedNode | UnusedAliasNode | MoreNode | ErrorNode;

/** Keys that have something in common, or that the user put on a shelf of their own. */
export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly parent: GroupNode | undefined;
  readonly dimension: Dimension | 'shelf';
  /** The Region's name, the type of key, the tag's value ...; `pinned` or `recent` for a shelf. */
  readonly value: string;
}

export interface KeyNode {
  readonly kind: 'key';
  readonly id: string;
  readonly parent: GroupNode;
  readonly key: KeySummary;
}

/** A multi-Region key's copy in another Region, below the key it belongs to. */
export interface RelatedNode {
  readonly kind: 'related';
  readonly id: string;
  readonly parent: KeyNode;
  readonly key: KeyTarget;
  readonly role: 'PRIMARY' | 'REPLICA';
}

/** An `alias/aws/` name whose key is not made yet. */
export interface UnusedAliasNode {
  readonly kind: 'unusedAlias';
  readonly id: string;
  readonly parent: GroupNode;
  readonly aliasName: string;
}

/** Stands for the keys that a long group does not show yet. */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly parent: GroupNode;
  readonly groupId: string;
  readonly hidden: number;
}

/** A Region that could not be listed. */
export interface ErrorNode {
  readonly kind: 'error';
  readonly id: string;
  readonly parent: GroupNode | undefined;
  readonly region: string;
  readonly error: KmsExplorerError;
}
