import type { KeyMetadata } from '../keyMetadata.ts';
import { daysFrom } from './dateWords.ts';

/** Material that expires within so many milliseconds, thirty days, is worth a reminder. */
const soon = 30 * 86_400_000;

/** A reminder that the imported material of a key expires soon, as `material expires in 5 days`; undefined when it does not. `now` is in epoch milliseconds. */
export function expiryWarning({ validTo, keyState }: KeyMetadata, now: number): string | undefined {
  if (validTo === undefined || validTo - now > soon || keyState === 'PendingImport') return undefined;
  return `material ${validTo < now ? 'expired' : 'expires'} ${daysFrom(validTo, now)}`;
}
