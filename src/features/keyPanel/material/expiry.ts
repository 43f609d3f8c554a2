const day = 86_400_000;
/** Imported material expires 365 days from now at the latest (https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html). */
export const mostDays = 365;

/** A moment typed as `2027-01-31` or `2027-01-31 12:00`, in UTC, as epoch milliseconds; or what is wrong with it. */
export function readExpiry(typed: string, now: number): { readonly time: number } | { readonly problem: string } {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?$/.exec(typed.trim());
  const [, date = '', clock = '00:00'] = match ?? [];
  const time = Date.parse(`${date}T${clock}:00Z`);
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(date)) return { problem: 'Write a date such as 2027-01-31, or a date and a time such as 2027-01-31 12:00, in UTC.' };
  if (time <= now) return { problem: 'This is in the past.' };
  return time > now + mostDays * day ? { problem: `Material can be valid for ${mostDays} days at most.` } : { time };
}
