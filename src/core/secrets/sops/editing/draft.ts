import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { unlock } from '../file/unlock.ts';
import type { SopsFormat } from '../sopsFormat.ts';
import type { SopsTools } from '../sopsPorts.ts';
import { openBytes, sealText, textOfBytes } from '../values/sealing.ts';
import { parseValueToken } from '../values/valueToken.ts';

/** No key path of a file gives this additional data, since it does not end in a colon: a draft never passes for a value. */
const draftData = 'KMS Explorer draft';

/**
 * An edited text as one token under the data key of the encrypted file it comes from, whether or not it can be parsed.
 * Rejects with SOPS_NO_KEY, SOPS_INVALID and PARSE_ERROR of the file.
 */
export async function sealDraft(draft: string, stored: string, format: SopsFormat, tools: Pick<SopsTools, 'keys' | 'crypto'>): Promise<string> {
  const { use } = await unlock(stored, format, tools);
  return sealText(use, draft, 'str', draftData);
}

/** The text of a draft. Rejects as `sealDraft` does, and with SOPS_INVALID when it is not one of this file. */
export async function openDraft(token: string, stored: string, format: SopsFormat, tools: Pick<SopsTools, 'keys' | 'crypto'>): Promise<string> {
  const { use } = await unlock(stored, format, tools);
  const parsed = parseValueToken(token);
  const bytes = parsed && openBytes(use, parsed, draftData);
  const text = bytes && textOfBytes(bytes);
  if (text !== undefined) return text;
  throw new KmsExplorerError('SOPS_INVALID', 'The unsaved changes cannot be decrypted: they belong to another file or data key.');
}
