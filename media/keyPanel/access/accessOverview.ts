import type { Caller, KeyFacts } from '../../../src/core/policy/evaluate/request.ts';
import { accessMatrix, type AccessRow } from '../../../src/core/policy/explain/accessMatrix.ts';
import { accessCallers } from '../../../src/core/policy/keyAccess/accessCallers.ts';
import { iamCandidates } from '../../../src/core/policy/keyAccess/iamCandidates.ts';
import { iamRows } from '../../../src/core/policy/keyAccess/iamRows.ts';
import { withIdentityPolicies } from '../../../src/core/policy/keyAccess/identityPolicies.ts';
import { operationGroups, type OperationGroup } from '../../../src/core/policy/keyAccess/operationGroups.ts';
import { lintKey } from '../../../src/core/policy/keyAccess/keyFacts.ts';
import { principalFinder, type FindPrincipal } from '../../../src/core/policy/keyAccess/principalFinder.ts';
import { parsePolicy } from '../../../src/core/policy/parse/parsePolicy.ts';
import type { PolicyTree } from '../../../src/core/policy/parse/policyTree.ts';
import type { PanelState } from '../model.ts';
import { askingCaller, panelKeyFacts } from '../policy/policyFacts.ts';
import { valueOf } from '../../shared/remote.ts';

/** Who may do what with the key, under the policy that is stored. */
export interface AccessOverview {
  readonly key: KeyFacts;
  readonly tree: PolicyTree;
  readonly groups: readonly OperationGroup[];
  readonly rows: readonly AccessRow[];
  /** How many users and roles have IAM policies that may be about KMS and were not looked at. */
  readonly unasked: number;
  readonly asking: Caller | undefined;
  /** Finds what IAM told of a user or role. */
  readonly findPrincipal: FindPrincipal;
}

/** Undefined while the policy or the metadata are not there. */
export function accessOverview(state: PanelState): AccessOverview | undefined {
  const policy = valueOf(state.policy);
  const metadata = valueOf(state.metadata);
  const key = policy === undefined ? undefined : panelKeyFacts(state, policy.base);
  if (policy === undefined || metadata === undefined || key === undefined) return undefined;
  const tree = parsePolicy(policy.base);
  const groups = operationGroups(lintKey(metadata));
  const operations = groups.flatMap((group) => group.operations);
  const asking = askingCaller(state);
  const grantees = (valueOf(state.grants) ?? []).map(({ granteePrincipal }) => granteePrincipal);
  const callers = accessCallers({ account: metadata.accountId, region: metadata.region }, [tree], grantees, asking);
  const known = valueOf(state.identityPolicies) ?? [];
  const findPrincipal = principalFinder(known);
  const ofIam = iamRows(key, iamCandidates(known, findPrincipal, callers), operations);
  const ofCallers = accessMatrix(key, callers.map((caller) => withIdentityPolicies(caller, findPrincipal(caller))), operations);
  return { key, tree, groups, rows: [...ofCallers, ...ofIam.rows], unasked: ofIam.unasked, asking, findPrincipal };
}
