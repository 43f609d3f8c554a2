import type { Caller, KeyFacts } from '../evaluate/request.ts';
import { conditionContext } from './conditionContext.ts';
import type { ConditionContext } from './context.ts';

/** What changes from one request of a caller to the next. */
const passing: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:viaawsservice',
  'kms:grantisforawsresource',
]);

/**
 * The condition keys that every request of the caller for the key carries, whenever and from wherever it is made. It
 * goes with the `assume` of a request, which says how to take the others.
 */
export function standingContext(operation: string, caller: Caller, key: KeyFacts): ConditionContext {
  const region = key.arn.split(':')[3] ?? '';
  const all = conditionContext({ operation, caller, key, region, now: 0 });
  return new Map([...all].filter(([name]) => !passing.has(name)));
}
