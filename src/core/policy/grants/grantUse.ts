import type { EncryptionContext } from '../../kms/keyMetadata.ts';
import { accountOfPrincipal } from '../matching/principals.ts';
import { roleArnOf, type CallerIdentity } from '../matching/caller.ts';

/** The constraints of a grant (https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html). */
export interface GrantConstraints {
  readonly encryptionContextEquals?: EncryptionContext;
  readonly encryptionContextSubset?: EncryptionContext;
  readonly sourceArn?: string;
}

/** What a grant allows. */
export interface GrantTerms {
  /** Without `kms:`, as in `ReEncryptFrom`. */
  readonly operations: readonly string[];
  readonly constraints?: GrantConstraints;
}

export interface GrantFacts extends GrantTerms {
  readonly id: string;
  /** An ARN or an account, or the name of a service. */
  readonly grantee: string;
  readonly retiringPrincipal?: string;
  readonly issuingAccount: string;
  /** All the tokens CreateGrant gave out for it. */
  readonly tokens?: readonly string[];
  /** While a new grant has not reached all of KMS, it counts only for requests that bring one of its tokens. */
  readonly pending?: boolean;
}

/** The grants of a key by their grantee. */
export type GrantIndex = ReadonlyMap<string, readonly GrantFacts[]>;

/** Sorts the grants of a key once, so that a decision looks at those of its caller alone. */
export function indexGrants(grants: readonly GrantFacts[]): GrantIndex {
  return Map.groupBy(grants, ({ grantee }) => granteeKey(grantee));
}

function granteeKey(principal: string): string {
  return accountOfPrincipal(principal) ?? principal;
}

/** How a grantee or retiring principal covers a caller: by name, or by the account alone. */
export type GranteeMatch = 'named' | 'account';

/** Whether a principal of a grant covers the caller. A role covers its sessions. */
export function matchGrantPrincipal(principal: string, caller: CallerIdentity): GranteeMatch | undefined {
  if (principal === caller.arn || principal === roleArnOf(caller)) return 'named';
  const account = accountOfPrincipal(principal);
  if (account === undefined || account !== caller.account) return undefined;
  return caller.kind === 'root' ? 'named' : 'account';
}

/** The actions on which the encryption context of a request is compared with the constraints. */
const actionsWithEncryptionContext: ReadonlySet<string> = new Set([
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
]);

/** What a grant is asked for. */
export interface GrantUse {
  readonly action: string;
  readonly encryptionContext: EncryptionContext;
  /** The condition key aws:SourceArn of the request. */
  readonly sourceArn: string | undefined;
  readonly tokens: readonly string[];
}

/** The grants that allow the use, those that name the caller before those that name the account. */
export function allowingGrants(index: GrantIndex, caller: CallerIdentity, use: GrantUse): readonly (readonly [GrantFacts, GranteeMatch])[] {
  const role = roleArnOf(caller);
  const ofAccount = caller.account === '' ? [] : (index.get(caller.account) ?? []);
  const named = [...(index.get(caller.arn) ?? []), ...(role === undefined || role === caller.arn ? [] : (index.get(role) ?? []))];
  return [...named, ...ofAccount].flatMap((grant) => {
    const match = allowsUse(grant, use) ? matchGrantPrincipal(grant.grantee, caller) : undefined;
    return match === undefined ? [] : [[grant, match] as const];
  });
}

function allowsUse(grant: GrantFacts, use: GrantUse): boolean {
  if (!grant.operations.includes(use.action)) return false;
  if (grant.pending === true && !use.tokens.some((token) => grant.tokens?.includes(token))) return false;
  return meetsConstraints(grant.constraints ?? {}, use);
}

/** The encryption context counts for cryptographic operations only. RetireGrant, which no constraint limits, never comes here. */
function meetsConstraints({ encryptionContextEquals, encryptionContextSubset, sourceArn }: GrantConstraints, use: GrantUse): boolean {
  if (sourceArn !== undefined && use.sourceArn !== sourceArn) return false;
  if (!actionsWithEncryptionContext.has(use.action)) return true;
  if (encryptionContextSubset !== undefined && !includesPairs(use.encryptionContext, encryptionContextSubset)) return false;
  return encryptionContextEquals === undefined || equalPairs(use.encryptionContext, encryptionContextEquals);
}

/**
 * Whether the encryption context has every pair of a constraint. AWS's guide calls the comparison exact, its API
 * reference says that the case of the keys does not count; this follows the API reference, for constraints only.
 */
export function includesPairs(context: EncryptionContext, pairs: EncryptionContext): boolean {
  const lower = lowerPairs(context);
  return lowerPairs(pairs).every((pair) => lower.includes(pair));
}

export function equalPairs(context: EncryptionContext, pairs: EncryptionContext): boolean {
  return Object.keys(context).length === Object.keys(pairs).length && includesPairs(context, pairs);
}

/** Keys never hold a line feed followed by the value of another pair: JSON keeps the two apart. */
function lowerPairs(context: EncryptionContext): readonly string[] {
  return Object.entries(context).map(([key, value]) => JSON.stringify([key.toLowerCase(), value]));
}
