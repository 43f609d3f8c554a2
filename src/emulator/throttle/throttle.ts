import { KmsException } from '../kmsException.ts';
import type { Input } from '../pipeline/memberRules.ts';
import { ratesOf } from './requestRates.ts';
import { type TokenBucket, tokenBucket } from './tokenBucket.ts';

/** Whose rates a call counts against: each account has its own in each Region. */
export interface ThrottledPlace {
  readonly accountId: string;
  readonly region: string;
}

/** Lets a call through, or throws ThrottlingException in AWS's words. */
export type Throttle = (place: ThrottledPlace, operation: string, input: Input) => void;

export const noThrottle: Throttle = () => undefined;

/** AWS's request rates. `now` gives milliseconds of a clock that nobody moves. */
export function awsThrottle(now: () => number): Throttle {
  const buckets = new Map<string, TokenBucket>();
  return ({ accountId, region }, operation, input) => {
    const time = now();
    for (const { name, perSecond } of ratesOf(operation, region, input)) {
      const place = `${accountId} ${region} ${name}`;
      const bucket = buckets.get(place) ?? tokenBucket(perSecond, time);
      buckets.set(place, bucket);
      if (!bucket.take(time)) {
        throw new KmsException('ThrottlingException', 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.');
      }
    }
  };
}
