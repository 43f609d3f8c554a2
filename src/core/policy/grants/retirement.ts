import type { CallerIdentity } from '../matching/caller.ts';
import { matchGrantPrincipal, type GranteeMatch, type GrantFacts } from './grantUse.ts';

/**
 * Who may retire a grant: its retiring principal, its grantee if it has RetireGrant, and the account that created it
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html). `account` means that the caller's IAM
 * policies have to allow it as well. Undefined for everybody else.
 */
export function retirementRight(grant: GrantFacts, caller: CallerIdentity): GranteeMatch | undefined {
  const { retiringPrincipal, grantee, operations, issuingAccount } = grant;
  const retiring = retiringPrincipal === undefined ? undefined : matchGrantPrincipal(retiringPrincipal, caller);
  const held = operations.includes('RetireGrant') ? matchGrantPrincipal(grantee, caller) : undefined;
  const issued = matchGrantPrincipal(issuingAccount, caller);
  const rights = [retiring, held, issued];
  return rights.includes('named') ? 'named' : rights.find((right) => right !== undefined);
}
