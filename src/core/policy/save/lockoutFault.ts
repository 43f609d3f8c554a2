import type { CompiledPolicy } from '../compile/compiledPolicy.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { AccessRequest, KeyFacts } from '../evaluate/request.ts';
import { malformed, type PolicyFault } from './policyFault.ts';

/**
 * The safety check of PutKeyPolicy and CreateKey, unless BypassPolicyLockoutSafetyCheck is set: under the new policy
 * the caller still has to be able to put another one, by the policy itself or through the account and IAM
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key).
 * `request` is the request at hand, with the key as it is now or as CreateKey is going to make it.
 */
export function lockoutFault(policy: CompiledPolicy, request: AccessRequest & { readonly key: KeyFacts }): PolicyFault | undefined {
  const decision = evaluate({ ...request, operation: 'PutKeyPolicy', key: { ...request.key, policy } });
  return decision.allowed ? undefined : malformed('The new key policy will not allow you to update the key policy in the future.');
}
