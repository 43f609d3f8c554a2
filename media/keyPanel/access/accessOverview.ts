import type { PrincipalPolicies } from '../../../src/core/kms/service/identityPolicies.ts';
import type { Caller, KeyFacts } from '../../../src/core/policy/evaluate/request.ts';
import { accessMatrix, type AccessRow } from '../../../src/core/policy/explain/accessMatrix.ts';
import { accessCallers } from '../../../src/core/policy/keyAccess/accessCallers.ts';
import { withIdentityPolicies } from '../../../src/core/policy/keyAccess/identityPolicies.ts';
import { operationGroups, type OperationGroup } from '../../../src/core/policy/keyAccess/operationGroups.ts';
import { lintKey } from '../../../src/core/policy/keyAccess/keyFacts.ts';
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
  readonly asking: Caller | undefined;
  /** What IAM told of users and roles. */
  readonly identityPolicies: readonly PrincipalPolicies[];
}

/** Undefined while the policy or the metadata are not there. */
export function accessOverview(state: PanelState): AccessOverview | undefined {
  const policy = valueOf(state.policy);
  const metadata = valueOf(state.metadata);
  const key = policy === undefined ? undefined : panelKeyFacts(state, policy.base);
  if (policy === undefined || metadata === undefined || key === undefined) return undefined;
  const tree = parsePolicy(policy.base);
  const groups = operationGroups(lintKey(metadata));
  const asking = askingCaller(state);
  const grantees = (valueOf(state.grants) ?? []).map(({ granteePrincipal }) => granteePrincipal);
  const named = accessCallers({ account: metadata.accountId, region: metadata.region }, [tree], grantees, asking);
  const identityPolicies = valueOf(state.identityPolicies) ?? [];
  const callers = withIdentityPolicies(named, identityPolicies);
  return { key, tree, groups, rows: accessMatrix(key, callers, groups.flatMap(({ operations }) => operations)), asking, identityPolicies };
}
