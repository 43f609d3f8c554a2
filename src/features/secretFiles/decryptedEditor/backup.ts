import { isRecord } from '../../../protocol/rpc.ts';

/** Unsaved changes as they are kept for the next start: both members are ciphertext. */
export interface Backup {
  /** The encrypted file that the changes are of. */
  readonly stored: string;
  /** The edited text as a token under the data key of that file. */
  readonly draft: string;
}

export function writeBackup({ stored, draft }: Backup): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ stored, draft }));
}

/** Undefined when the bytes are no backup. */
export function readBackup(bytes: Uint8Array): Backup | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!isRecord(value)) return undefined;
    const { stored, draft } = value;
    return typeof stored === 'string' && typeof draft === 'string' ? { stored, draft } : undefined;
  } catch {
    return undefined;
  }
}
