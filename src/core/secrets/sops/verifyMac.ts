import { unlockVerified } from './file/unlock.ts';
import type { SopsFormat } from './sopsFormat.ts';
import type { SopsTools } from './sopsPorts.ts';

/**
 * Resolves when every value of a file is authentic and the MAC fits them. Rejects with SOPS_MAC_MISMATCH when values
 * were changed, added, removed or moved, with SOPS_INVALID when a ciphertext was, with SOPS_NO_KEY and PARSE_ERROR.
 */
export async function verifyMac(text: string, format: SopsFormat, tools: Pick<SopsTools, 'keys' | 'crypto'>): Promise<void> {
  await unlockVerified(text, format, tools);
}
