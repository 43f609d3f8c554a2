import type { GrantConstraints, GrantFacts } from '../../core/policy/grants/grantUse.ts';
import type { GrantConstraints as StoredConstraints, GrantRow } from '../store/tables/grantTable.ts';

/** Constraints as the policy engine names them; undefined when there are none. */
export function engineConstraints(constraints: StoredConstraints | undefined): GrantConstraints | undefined {
  if (constraints === undefined) return undefined;
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset, SourceArn: sourceArn } = constraints;
  return {
    ...(equals === undefined ? {} : { encryptionContextEquals: equals }),
    ...(subset === undefined ? {} : { encryptionContextSubset: subset }),
    ...(sourceArn === undefined ? {} : { sourceArn }),
  };
}

/**
 * A stored grant as the policy engine knows it. Here a grant is in force as soon as it is made, so that a grant token,
 * which has to be a real one, adds nothing to it.
 */
export function grantFacts({ grantId: id, grantee, retiring, issuingAccount, operations, constraints }: GrantRow): GrantFacts {
  const limits = engineConstraints(constraints);
  return {
    id,
    grantee,
    issuingAccount,
    operations,
    ...(retiring === undefined ? {} : { retiringPrincipal: retiring }),
    ...(limits === undefined ? {} : { constraints: limits }),
  };
}
