import { appliesToKey, catalogActions } from '../catalog/catalog.ts';
import { compileTree } from '../compile/compilePolicy.ts';
import { standingContext } from '../conditions/standingContext.ts';
import type { Caller, KeyFacts } from '../evaluate/request.ts';
import { compareAccess } from '../explain/compareAccess.ts';
import { accessCallers } from '../keyAccess/accessCallers.ts';
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
 * Compares a key policy with the one that is to replace it, for everybody whom one of them names, the account and the
 * caller. IAM policies are not known here; what they may allow counts as allowed under conditions. `key` has the other
 * facts of the key, whatever its policy; `caller` is who is going to save.
 */
export function reviewPolicy(before: string, after: string, key: KeyFacts, caller: Caller | undefined): PolicyReview {
  const trees = [parsePolicy(before), parsePolicy(after)] as const;
  const [old, fresh] = [compileTree(trees[0]), compileTree(trees[1])];
  const region = key.arn.split(':')[3] ?? '';
  const properties = { spec: key.spec, usage: key.usage, origin: key.origin, multiRegion: key.multiRegionKeyType !== undefined };
  const operations = catalogActions.filter((action) => action.keyPolicy === 'effective' && appliesToKey(action, properties)).map(({ name }) => name);
  const callers = accessCallers({ account: key.account, region }, trees, [], caller);
  const { gains, losses } = compareAccess(old, fresh, key, callers, operations);
  return {
    gains: changeWords(gains, operations.length),
    losses: changeWords(losses, operations.length),
    isLockout: caller !== undefined && isLockout({ ...key, policy: fresh }, caller),
  };
}

/** What nobody knows of the caller is taken for it: KMS has the last word, and asks the same. */
function isLockout(key: KeyFacts, caller: Caller): boolean {
  const context = standingContext('PutKeyPolicy', caller, key);
  return lockoutFault(key.policy, { operation: 'PutKeyPolicy', caller, key, context, assume: 'favourable' }) !== undefined;
}
