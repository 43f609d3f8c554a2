import type { EncryptionContext } from '../../core/kms/keyMetadata.ts';

/** KMS takes a missing context for an empty one; leaving it out keeps asymmetric keys, which allow none, working. */
export function contextOf(context: EncryptionContext): Record<string, string> | undefined {
  return Object.keys(context).length === 0 ? undefined : { ...context };
}

/** What stands for bytes that the SDK's types let KMS leave out. */
export const noBytes = new Uint8Array();
