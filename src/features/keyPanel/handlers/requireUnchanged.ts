import type { KeyReference } from '../../../core/kms/service/keyReference.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import type { KeyChange } from '../../../protocol/keyPanel.ts';
import { RpcError } from '../../../protocol/rpc.ts';

/**
 * Refuses to write over something that somebody else changed since it was shown: KMS has no conditional write of its own, so
 * it is read once more right before. Who may write and not read goes on unasked. Rejects with KEY_CHANGED.
 */
export async function requireUnchanged(service: KeyService, key: KeyReference, change: KeyChange, signal: AbortSignal): Promise<void> {
  if (change.kind === 'description') {
    const now = await service.describeKey(key, signal).catch(() => undefined);
    if (now !== undefined && now.description !== change.expected) throw changed('description', now.description);
  }
  if (change.kind === 'putTag') {
    const tags = await service.listResourceTags(key, signal).catch(() => undefined);
    if (tags === undefined) return;
    const now = tags.find(({ tagKey }) => tagKey === change.tagKey)?.tagValue ?? null;
    if (now !== change.expected) throw changed(`tag ${change.tagKey}`, now);
  }
}

function changed(what: string, now: string | null): RpcError {
  const state = now === null ? 'it is gone now' : now === '' ? 'it is empty now' : `it is "${now}" now`;
  return new RpcError({ code: 'KEY_CHANGED', message: `Someone changed the ${what} since it was shown here: ${state}. Nothing was written. Refresh the panel to see it, then decide again.` });
}
