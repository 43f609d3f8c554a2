import type { KeyOrigin, KeyUsage } from '../../kms/keyMetadata.ts';
import type { KeyKind } from '../../kms/keySpecs.ts';

export type AccessLevel = 'List' | 'Read' | 'Tagging' | 'Write' | 'Permissions management';

/** An action as the Service Authorization Reference describes it. */
export interface ActionFacts {
  /** As AWS spells it, without `kms:`. */
  readonly name: string;
  readonly access: AccessLevel;
  /** What the action works on; empty for actions that take no resource but `*`. */
  readonly resources: readonly ('alias' | 'key')[];
  readonly conditionKeys: readonly string[];
}

export type ConditionKeyType = 'String' | 'Bool' | 'Numeric' | 'Date' | 'Arn' | 'IPAddress' | 'Binary';

export interface ConditionKeyFacts {
  /** As AWS spells it; the part that the writer chooses is `${...}`. */
  readonly name: string;
  readonly type: ConditionKeyType;
  readonly multiValued: boolean;
}

/** The keys an action can be used on. A member that is missing sets no limit. */
export interface ActionKeys {
  readonly usages?: readonly KeyUsage[];
  readonly kinds?: readonly KeyKind[];
  readonly origins?: readonly KeyOrigin[];
  readonly multiRegion?: true;
}

/**
 * What a key policy can do with an action: `effective`, `denyOnly` for RetireGrant, which a grant allows and a policy
 * can only deny, and `iamOnly` for actions that no key takes part in.
 */
export type KeyPolicyEffect = 'effective' | 'denyOnly' | 'iamOnly';

export interface CatalogAction extends ActionFacts {
  /** Whether it works on a key of another account. */
  readonly crossAccount: boolean;
  readonly keyPolicy: KeyPolicyEffect;
  readonly keys: ActionKeys;
  /** Whether a grant can hold it. */
  readonly grantable: boolean;
}

/** Where a condition key means something: everywhere, or in one kind of policy only. */
export type ConditionKeyPlace = 'everywhere' | 'iamOnly';

export interface CatalogConditionKey extends ConditionKeyFacts {
  readonly place: ConditionKeyPlace;
  /** The key to use instead of a deprecated one. */
  readonly replacedBy: string | undefined;
}
