import { unwrapDataKey } from '../keys/dataKey.ts';
import type { SopsFormat } from '../sopsFormat.ts';
import type { SopsTools } from '../sopsPorts.ts';
import type { DataKeyUse } from '../values/sealing.ts';
import { openValues, requireMac, type OpenedLeaf } from './openValues.ts';
import { readFile, type SopsFile } from './sopsFile.ts';

/** An encrypted file with its data key and the plaintext of its values. */
export interface UnlockedFile {
  readonly file: SopsFile;
  readonly use: DataKeyUse;
  readonly values: readonly OpenedLeaf[];
}

/** Reads a file and decrypts its data key, with as few calls to KMS as there can be. */
export async function unlock(
  text: string,
  format: SopsFormat,
  { keys, crypto }: Pick<SopsTools, 'keys' | 'crypto'>,
): Promise<Pick<UnlockedFile, 'file' | 'use'>> {
  const file = await readFile(text, format);
  return { file, use: { crypto, dataKey: await unwrapDataKey(file.metadata, keys) } };
}

/**
 * Reads and decrypts a file and checks its MAC. Rejects with SOPS_NO_KEY, SOPS_INVALID for a value that is not
 * authentic, and SOPS_MAC_MISMATCH.
 */
export async function unlockVerified(
  text: string,
  format: SopsFormat,
  tools: Pick<SopsTools, 'keys' | 'crypto'>,
): Promise<UnlockedFile> {
  return verified(await unlock(text, format, tools));
}

/** An unlocked file with all of its values. Throws SOPS_INVALID for a value that is not authentic, and SOPS_MAC_MISMATCH. */
export function verified({ file, use }: Pick<UnlockedFile, 'file' | 'use'>): UnlockedFile {
  const values = openValues(file, use);
  requireMac(file, values, use);
  return { file, use, values };
}
