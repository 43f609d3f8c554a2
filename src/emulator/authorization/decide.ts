import type { Decision } from '../../core/policy/evaluate/decision.ts';
import { evaluate } from '../../core/policy/evaluate/evaluate.ts';
import type { Call } from '../pipeline/call.ts';
import { accessRequest, type Asked, asksNothing } from './accessRequest.ts';

/** Whether the question is about the caller, the key and the action alone. */
function isPlain({ otherKey, aliasArn, newKey, retiredGrant }: Asked): boolean {
  return otherKey === undefined && aliasArn === undefined && newKey === undefined && retiredGrant === undefined;
}

/** Grants look at the encryption context and at what is asked for; policies without conditions do not. */
function isByPolicies({ allowed, grants }: Decision): boolean {
  return allowed && grants.length === 0;
}

/**
 * Decides with the policy engine whether the caller may do what is asked. What policies without conditions allow is
 * decided once: most calls ask the same of the same key.
 */
export function decide(call: Call, asked: Asked): Decision {
  const question = isPlain(asked) ? { caller: call.caller, key: asked.key, action: asked.action } : undefined;
  const known = question && call.access.settled.find(question);
  if (known) return known;
  const request = accessRequest(call, asked);
  const decision = evaluate(request);
  if (question && asksNothing(request) && isByPolicies(decision)) call.access.settled.keep(question, decision);
  return decision;
}
