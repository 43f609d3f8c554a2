import { standingContext } from '../conditions/standingContext.ts';
import type { Decision } from '../evaluate/decision.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { AccessRequest, Caller, Ceilings, KeyFacts } from '../evaluate/request.ts';

/** Whether a caller may do something always, under some conditions of the request, or never. */
export type Access = 'allowed' | 'conditional' | 'denied';

export interface AccessAnswer {
  readonly access: Access;
  /** Why: the decision on the request that is best for the caller, or of `conditional` the one that is worst. */
  readonly decision: Decision;
  /** The decision on the request that is best for the caller. */
  readonly best: Decision;
}

/**
 * Asks twice, with everything that is not known of a request taken for the caller and against. Identity policies that
 * are not known are taken the same way.
 */
export function accessTo(operation: string, caller: Caller, key: KeyFacts, ceilings: Ceilings = {}): AccessAnswer {
  const request: AccessRequest = {
    operation,
    caller,
    key,
    otherKey: key,
    aliasArn: aliasArnOf(key),
    context: accessContext(operation, caller, key),
    ceilings,
  };
  const best = evaluate({ ...request, assume: 'favourable' });
  if (!best.allowed) return { access: 'denied', decision: best, best };
  const worst = evaluate({ ...request, assume: 'unfavourable' });
  return { access: worst.allowed ? 'allowed' : 'conditional', decision: worst, best };
}

/** A caller who creates grants for itself does so directly, and not through a service. */
function accessContext(operation: string, caller: Caller, key: KeyFacts): AccessRequest['context'] {
  const context = standingContext(operation, caller, key);
  return operation === 'CreateGrant' ? new Map([...context, ['kms:grantisforawsresource', ['false']]]) : context;
}

/** Operations on aliases need one; without any on the key it is one that is to be made. */
function aliasArnOf({ arn, aliases }: KeyFacts): string {
  return `${arn.slice(0, arn.lastIndexOf(':') + 1)}${aliases[0] ?? 'alias/new'}`;
}
