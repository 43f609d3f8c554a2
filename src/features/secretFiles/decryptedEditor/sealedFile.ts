import { plaintextText } from '../../../core/secrets/transform.ts';
import { sopsFormatOf, type SopsFormat } from '../../../core/secrets/sops/sopsFormat.ts';
import type { Connection } from '../../shared/connection.ts';
import { loadSops } from '../sops/sopsDocument.ts';
import { sopsToolsFrom } from '../sops/sopsKeys.ts';

/**
 * The way between a SOPS file and its text. A data key is decrypted once and kept as long as this is, so that neither a
 * save nor a backup asks KMS again.
 */
export interface SealedFile {
  readonly format: SopsFormat;
  open(stored: string): Promise<string>;
  seal(text: string, stored: string): Promise<string>;
  sealDraft(text: string, stored: string): Promise<string>;
  openDraft(token: string, stored: string): Promise<string>;
}

export function sealedFile(connection: Connection, fileName: string, signal: AbortSignal): SealedFile {
  const format = sopsFormatOf(fileName);
  const tools = sopsToolsFrom(() => connection.keyService())(signal);
  return {
    format,
    async open(stored) {
      const sops = await loadSops();
      if (format === 'binary') return plaintextText(await sops.decryptBinary(stored, tools), fileName);
      return (await sops.openForEditing(stored, format, tools)).text;
    },
    async seal(text, stored) {
      const sops = await loadSops();
      if (format === 'binary') return sops.encryptBinaryAgain(new TextEncoder().encode(text), stored, tools);
      return sops.sealEdited(text, stored, format, tools);
    },
    sealDraft: async (text, stored) => (await loadSops()).sealDraft(text, stored, format, tools),
    openDraft: async (token, stored) => (await loadSops()).openDraft(token, stored, format, tools),
  };
}
