import type { PrincipalMatch } from '../matching/principals.ts';

export type PolicyKind =
  | 'keyPolicy'
  | 'identityPolicy'
  | 'permissionsBoundary'
  | 'sessionPolicy'
  | 'serviceControlPolicy'
  | 'resourceControlPolicy'
  | 'vpcEndpointPolicy'
  /** Of a role: who may assume it. */
  | 'trustPolicy';

/** A statement that took part in a decision. */
export interface DecidingStatement {
  readonly policy: PolicyKind;
  /** Which of several policies of the kind, counted from zero. */
  readonly policyIndex: number;
  /** Which statement of the policy, counted from zero. */
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** How its Principal covers the caller, in policies that have one. */
  readonly principal: PrincipalMatch | undefined;
}

/** A condition that kept a statement about this caller, action and resource from taking part. */
export interface FailedCondition {
  readonly statement: DecidingStatement;
  readonly operator: string;
  readonly key: string;
  readonly expected: readonly string[];
  /** What the request has; undefined when it has nothing of this name. */
  readonly actual: readonly string[] | undefined;
}

export type DecisionKind =
  | 'allowedByKeyPolicy'
  /** The key policy hands the decision to the account, and an identity policy allows. */
  | 'allowedByIdentityPolicy'
  | 'allowedByGrant'
  /** RetireGrant by its retiring principal, its grantee or the account that created it. */
  | 'allowedByRetirement'
  | 'explicitDeny'
  | 'implicitDeny'
  /** The operation does not work on keys of another account. */
  | 'crossAccountDeny'
  /** An AWS managed key is used through its service only. */
  | 'awsManagedKeyDeny';

/** Which kind of policy lacks an Allow or holds the Deny, as AccessDeniedException words it. */
export interface Denial {
  readonly policy: PolicyKind;
  readonly isExplicit: boolean;
}

export interface Decision {
  readonly allowed: boolean;
  readonly kind: DecisionKind;
  /** The action that decided, as in `kms:ReEncryptTo`. */
  readonly action: string;
  /** The ARN it was about, or `*`. */
  readonly resource: string;
  readonly statements: readonly DecidingStatement[];
  /** Ids of the grants that allowed. */
  readonly grants: readonly string[];
  readonly failedConditions: readonly FailedCondition[];
  /** What AWS adds to "is not authorized to perform"; undefined when allowed. */
  readonly suffix: string | undefined;
  /** One sentence for a person. */
  readonly sentence: string;
}
