import { childGrantFault } from '../grants/childGrant.ts';
import { allowingGrants, type GrantFacts } from '../grants/grantUse.ts';
import { retirementRight } from '../grants/retirement.ts';
import { lackingIdentity, lackingLimit, type Answers } from './askPolicies.ts';
import type { DecidingStatement, DecisionKind, PolicyKind } from './decision.ts';

/** A way in which a request is allowed. */
export interface AllowPath {
  readonly kind: DecisionKind;
  readonly statements: readonly DecidingStatement[];
  readonly grants: readonly GrantFacts[];
}

/**
 * The first way that allows a check on a key, or the kind of policy that lacks an Allow
 * (https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html).
 */
export function allowOnKey(answers: Answers): AllowPath | PolicyKind {
  if (answers.check.action.name === 'RetireGrant') return byRetirement(answers);
  const byPolicies = isForeign(answers) ? fromOtherAccount(answers) : fromOwnAccount(answers);
  return typeof byPolicies === 'string' ? (byGrant(answers) ?? byPolicies) : byPolicies;
}

/** The key policy is enough when it names the caller; when it names the account, IAM has to allow as well. */
function fromOwnAccount(answers: Answers): AllowPath | PolicyKind {
  const direct = byKeyPolicy(answers);
  if (typeof direct === 'object') return direct;
  const delegated = byAccount(answers);
  return typeof delegated === 'object' ? delegated : (direct ?? delegated ?? 'keyPolicy');
}

/** Where no key takes part, the caller's IAM policies decide alone. */
export function allowByIam(answers: Answers): AllowPath | PolicyKind {
  return lackingIdentity(answers) ?? { kind: 'allowedByIdentityPolicy', statements: answers.identity.allows, grants: [] };
}

/** A service belongs to no account and is never foreign. */
export function isForeign({ check, request: { caller } }: Answers): boolean {
  return check.key !== undefined && caller.kind !== 'service' && check.key.account !== caller.account;
}

/**
 * The key policy names the caller. What it gives to a user, a session or the root user holds without IAM; what it
 * gives to a role or to everybody stays within the permissions boundary and the session policy
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
 */
function byKeyPolicy(answers: Answers): AllowPath | PolicyKind | undefined {
  const { allows } = answers.keyPolicy;
  const unlimited = allows.filter(({ principal }) => principal === 'session');
  if (unlimited.length > 0) return { kind: 'allowedByKeyPolicy', statements: unlimited, grants: [] };
  const limited = allows.filter(({ principal }) => principal === 'role' || principal === 'everyone');
  if (limited.length === 0) return undefined;
  return lackingLimit(answers) ?? { kind: 'allowedByKeyPolicy', statements: limited, grants: [] };
}

/** The key policy leaves the action to the account, and the caller's IAM policies allow it. */
function byAccount(answers: Answers): AllowPath | PolicyKind | undefined {
  const delegating = answers.keyPolicy.allows.filter(({ principal }) => principal === 'account');
  if (delegating.length === 0) return undefined;
  const statements = [...delegating, ...answers.identity.allows];
  return lackingIdentity(answers) ?? { kind: 'allowedByIdentityPolicy', statements, grants: [] };
}

/**
 * A caller of another account needs the key policy and its own IAM policies
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html).
 */
function fromOtherAccount(answers: Answers): AllowPath | PolicyKind {
  const { allows } = answers.keyPolicy;
  if (allows.length === 0) return 'keyPolicy';
  const isDelegated = allows.every(({ principal }) => principal === 'account');
  const kind = isDelegated ? 'allowedByIdentityPolicy' : 'allowedByKeyPolicy';
  return lackingIdentity(answers) ?? { kind, statements: [...allows, ...answers.identity.allows], grants: [] };
}

/** A grant to the account as a whole counts for those whom IAM allows; one that names the caller is enough by itself. */
function byGrant(answers: Answers): AllowPath | undefined {
  const { check, request } = answers;
  const { caller, grantTokens = [] } = request;
  if (check.key?.grants === undefined) return undefined;
  const use = {
    action: check.action.name,
    encryptionContext: check.encryptionContext,
    sourceArn: check.context.get('aws:sourcearn')?.[0],
    tokens: grantTokens,
  };
  const grants = allowingGrants(check.key.grants, caller, use)
    .filter(([grant, match]) => isStrictEnough(answers, grant) && (match === 'named' || lackingIdentity(answers) === undefined))
    .map(([grant]) => grant);
  return grants.length === 0 ? undefined : { kind: 'allowedByGrant', statements: [], grants };
}

function isStrictEnough({ check, request: { newGrant } }: Answers, parent: GrantFacts): boolean {
  return check.action.name !== 'CreateGrant' || newGrant === undefined || childGrantFault(parent, newGrant) === undefined;
}

/** A key policy cannot allow RetireGrant; the grant decides, and every grant of the key is asked when none is named. */
function byRetirement(answers: Answers): AllowPath | PolicyKind {
  const { check, request } = answers;
  const candidates = request.retiredGrant === undefined ? [...(check.key?.grants?.values() ?? [])].flat() : [request.retiredGrant];
  const rights = candidates.map((grant) => ({ grant, right: retirementRight(grant, request.caller) }));
  const named = rights.find(({ right }) => right === 'named');
  if (named !== undefined) return { kind: 'allowedByRetirement', statements: [], grants: [named.grant] };
  const ofAccount = rights.find(({ right }) => right === 'account');
  if (ofAccount === undefined) return 'keyPolicy';
  return lackingIdentity(answers) ?? { kind: 'allowedByRetirement', statements: answers.identity.allows, grants: [ofAccount.grant] };
}
