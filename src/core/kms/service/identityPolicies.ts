/** What IAM keeps of a user or role. Documents are JSON texts. */
export interface PrincipalPolicies {
  readonly arn: string;
  /** Inline and attached policies, with those of a user's groups. */
  readonly policies: readonly string[];
  readonly boundary: string | null;
  /** Names of policies and ARNs of boundaries that it has and whose text could not be read. While there are any, nobody knows what IAM allows it. */
  readonly unread: readonly string[];
}

/** The identity policies of the caller's account. */
export interface IdentityPolicies {
  /**
   * Calls IAM GetAccountAuthorizationDetails for every page of the account. Rejects with ACCESS_DENIED where the caller
   * lacks `iam:GetAccountAuthorizationDetails`.
   */
  listIdentityPolicies(signal: AbortSignal): Promise<readonly PrincipalPolicies[]>;
}
