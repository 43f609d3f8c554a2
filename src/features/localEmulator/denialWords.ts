import type { CallEvent } from '../../protocol/emulator.ts';

/**
 * Whether a call was denied for what the caller may do. Events of calls that failed before, for instance because there
 * is no such key, carry the decision `deny` too.
 */
export function isDenial({ decision, error }: CallEvent): boolean {
  return decision === 'deny' && error === 'AccessDeniedException';
}

/** A denied call in words: who, what, on which key, and why. */
export function denialWords({ operation, region, principal, keyId, encryptionContextKeys, reason }: CallEvent): string {
  const who = principal ?? 'A caller whom nobody knows';
  const where = region === null ? '' : ` in ${region}`;
  const key = keyId === null ? '' : ` with the key ${keyId}`;
  const context = encryptionContextKeys.length === 0 ? '' : `, under an encryption context of ${encryptionContextKeys.join(', ')}`;
  const why = /[.!?]$/.test(reason) ? reason : `${reason}.`;
  return `${who} was denied ${operation}${where}${key}${context}. ${why}`;
}
