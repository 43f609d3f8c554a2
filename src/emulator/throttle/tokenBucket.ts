/** Lets a number of calls a second through, and a second's worth of them at once. */
export interface TokenBucket {
  /** Whether a call may go through at `now`, in milliseconds. Counts it when it may. */
  take(now: number): boolean;
}

export function tokenBucket(perSecond: number, start: number): TokenBucket {
  const capacity = Math.max(1, perSecond);
  let tokens = capacity;
  let filledAt = start;
  return {
    take(now) {
      tokens = Math.min(capacity, tokens + ((now - filledAt) * perSecond) / 1000);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
