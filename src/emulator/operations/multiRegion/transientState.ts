import type { StoredKey } from '../../store/keyRecord.ts';

/** How long the transient states last, in milliseconds. AWS KMS takes a few seconds. */
const duration = 300;

/** A transient key state that begins at `now`. */
export function transientState(state: 'Creating' | 'Updating', now: number): NonNullable<StoredKey['transient']> {
  return { state, until: now + duration };
}
