import type { Call } from '../pipeline/call.ts';
import { enumValues } from '../shapes/operationShapes.ts';

/** The cryptographic operations, whose success counts as a use of the keys they were admitted to. */
const tracked: ReadonlySet<string> = new Set(enumValues.KeyLastUsageTrackingOperation);

/** Notes a call that succeeded, on every key it used: ReEncrypt has two. Each Region's key of a multi-Region key stands alone. */
export function trackUsage(call: Call): void {
  if (!tracked.has(call.operation)) return;
  const { operation, now: usedAt, requestId } = call;
  for (const keyArn of call.admitted) call.lastUsage.note({ keyArn, operation, usedAt, requestId });
}
