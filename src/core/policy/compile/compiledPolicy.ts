import type { CompiledCondition } from '../conditions/compiledCondition.ts';
import type { ActionMatcher } from '../matching/actions.ts';
import type { PrincipalMatcher } from '../matching/principals.ts';
import type { ResourceMatcher } from '../matching/resources.ts';

/** A statement that can have an effect, ready to be compared with requests. */
export interface CompiledStatement {
  /** Its place in the policy, counted from zero. */
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Missing in policies of identities, which have no Principal. */
  readonly principal: PrincipalMatcher | undefined;
  readonly actions: ActionMatcher;
  readonly resources: ResourceMatcher;
  readonly conditions: readonly CompiledCondition[];
}

/**
 * A policy that is parsed once and evaluated many times. It is plain data. Statements that lack an element are left
 * out: KMS accepts them in a key policy, where they have no effect
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html).
 */
export interface CompiledPolicy {
  readonly statements: readonly CompiledStatement[];
}
