import type { PrincipalPolicies } from '../../kms/service/identityPolicies.ts';
import { appliesToKey, catalogActions } from '../catalog/catalog.ts';
import { compileTree } from '../compile/compilePolicy.ts';
import { standingContext } from '../conditions/standingContext.ts';
import type { Caller, KeyFacts } from '../evaluate/request.ts';
import { compareAccess } from '../explain/compareAccess.ts';
import { accessCallers } from '../keyAccess/accessCallers.ts';
import { callerOfPrincipal, iamCandidates } from '../keyAccess/iamCandidates.ts';
import { withIdentityPolicies } from '../keyAccess/identityPolicies.ts';
import { principalFinder } from '../keyAccess/principalFinder.ts';
import { parsePolicy } from '../parse/parsePolicy.ts';
import { lockoutFault } from '../save/lockoutFault.ts';
import { changeWords } from './changeWords.ts';

/** What a new key policy means, in words. */
export interface PolicyReview {
  /** Who may do more than before, a sentence each. */
  readonly gains: readonly string[];
  readonly losses: readonly string[];
  /** Whether the caller could not change the policy of the key again. */
  readonly isLockout: boolean;
}

/**
 * Compares a key policy with the one that is to replace it, for everybody whom one of them names, the account, the caller,
 * and users and roles that IAM policies allow something. What policies that are not `known` may allow counts as allowed under
 * conditions. `key` has the other facts of the key, whatever its policy; `caller` is who is going to save.
 */
export function reviewPolicy(before: string, after: string, key: KeyFacts, caller: Caller | undefined, known: readonly PrincipalPolicies[] = []): PolicyReview {
  const trees = [parsePolicy(before), parsePolicy(after)] as const;
  const [old, fresh] = [compileTree(trees[0]), compileTree(trees[1])];
  const region = key.arn.split(':')[3] ?? '';
  const properties = { spec: key.spec, usage: key.usage, origin: key.origin, multiRegion: key.multiRegionKeyType !== undefined };
  const operations = catalogActions.filter((action) => action.keyPolicy === 'effective' && appliesToKey(action, properties)).map(({ name }) => name);
  const named = accessCallers({ account: key.account, region }, trees, [], caller);
  const find = principalFinder(known);
  const ofIam = iamCandidates(known, find, named).slice(0, mostAsked).flatMap(callerOfPrincipal);
  const callers = [...named.map((each) => withIdentityPolicies(each, find(each))), ...ofIam];
  const { gains, losses } = compareAccess(old, fresh, key, callers, operations);
  return {
    gains: changeWords(gains, operations.length),
    losses: changeWords(losses, operations.length),
    isLockout: caller !== undefined && isLockout({ ...key, policy: fresh }, caller),
  };
}

/** Users and roles that nobody names; comparing two policies for one takes about a millisecond. */
const mostAsked = 200;

/** What nobody knows of the caller is taken for it: KMS has the last word, and asks the same. */
function isLockout(key: KeyFacts, caller: Caller): boolean {
  const context = standingContext('PutKeyPolicy', caller, key);
  return lockoutFault(key.policy, { operation: 'PutKeyPolicy', caller, key, context, assume: 'favourable' }) !== undefined;
}
