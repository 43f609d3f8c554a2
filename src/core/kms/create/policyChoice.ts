/** The key policies that a key can start with. */
export type PolicyKind = 'default' | 'administrators' | 'crossAccount';

/** A policy to make. Principals are ARNs of users and roles, accounts are twelve digits. */
export interface PolicyChoice {
  readonly kind: PolicyKind;
  readonly administrators: readonly string[];
  readonly users: readonly string[];
  readonly accounts: readonly string[];
}

export const policyKinds: readonly { readonly kind: PolicyKind; readonly label: string; readonly detail: string }[] = [
  { kind: 'default', label: 'Default', detail: 'The account decides with IAM policies who may do what.' },
  { kind: 'administrators', label: 'Administrators and users', detail: 'Named principals manage the key, and others use it.' },
  { kind: 'crossAccount', label: 'Cross-account', detail: 'Other accounts may use the key, and decide themselves for whom.' },
];
