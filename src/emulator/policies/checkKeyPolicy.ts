import type { KeyFacts } from '../../core/policy/evaluate/request.ts';
import { keyPolicyFault } from '../../core/policy/save/keyPolicyFault.ts';
import { lockoutFault } from '../../core/policy/save/lockoutFault.ts';
import { contextOfCall } from '../authorization/accessRequest.ts';
import { keyAccess } from '../authorization/keyFacts.ts';
import { KmsException } from '../kmsException.ts';
import type { Call } from '../pipeline/call.ts';
import type { StoredKey } from '../store/keyRecord.ts';
import type { TagRecord } from '../store/tables/tagTable.ts';
import { principalExistsIn } from './principalExists.ts';

/** A key with the policy that it is to have. */
export interface KeyToBe {
  readonly key: StoredKey;
  readonly aliases: readonly string[];
  readonly tags: readonly TagRecord[];
  /** BypassPolicyLockoutSafetyCheck. */
  readonly bypass: boolean | undefined;
}

/**
 * Throws in AWS's words for a key policy that KMS does not store: one that is malformed, one that names nobody, and,
 * unless the check is bypassed, one under which the caller could not put another one.
 */
export function checkKeyPolicy(call: Call, { key, aliases, tags, bypass }: KeyToBe): void {
  const fault = keyPolicyFault(key.policy, principalExistsIn(call.store)) ?? (bypass === true ? undefined : lockout(call, key, aliases, tags));
  if (fault) throw new KmsException(fault.code, fault.message);
}

function lockout(call: Call, key: StoredKey, aliases: readonly string[], tags: readonly TagRecord[]): ReturnType<typeof lockoutFault> {
  const { caller } = call.access.caller(call.caller);
  const tagMap: KeyFacts['tags'] = Object.fromEntries(tags.map(({ tagKey, tagValue }) => [tagKey, tagValue]));
  const facts = keyAccess(key, aliases, tagMap, call.access.compile).key;
  const operation = 'PutKeyPolicy';
  const context = contextOfCall(call, { action: operation }, { caller, record: key, key: facts, region: key.region });
  return lockoutFault(facts.policy, { operation, caller, key: facts, context });
}
