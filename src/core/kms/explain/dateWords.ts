const dayMilliseconds = 86_400_000;

/** A time as `2026-11-24 04:31 UTC`; `time` counts milliseconds since 1970. */
export function utcMinute(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** How far a time is from `now`: `in 12 days`, `within a day`, `3 days ago`. A begun day counts as one. */
export function daysFrom(time: number, now: number): string {
  const days = (time - now) / dayMilliseconds;
  const whole = Math.ceil(Math.abs(days));
  if (Math.abs(days) < 1) return days < 0 ? 'within the last day' : 'within a day';
  const count = `${whole} day${whole === 1 ? '' : 's'}`;
  return days > 0 ? `in ${count}` : `${count} ago`;
}
