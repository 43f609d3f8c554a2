import type { PolicyOperations } from '../../core/policy/policyOperations.ts';

/** The policy engine, which is loaded when it is first needed. */
export async function policyEngine(): Promise<PolicyOperations> {
  return (await import('../../core/policy/policyOperations.ts')).policyOperations;
}
