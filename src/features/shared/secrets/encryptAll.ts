import * as vscode from 'vscode';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import { toBase64 } from '../../../core/secrets/base64.ts';
import { plaintextBytes } from '../../../core/secrets/transform.ts';
import { withProgress } from '../withProgress.ts';
import { askEncryptionContext, mayAskForContext, settingsContext } from './askEncryptionContext.ts';
import { mapConcurrently } from './mapConcurrently.ts';
import { pickEncryptionKey } from './pickEncryptionKey.ts';
import { rememberKey } from './recentKeys.ts';
import type { SecretParts } from './secretParts.ts';

/** A text to encrypt and how messages name it, for instance "The selection on line 3". */
export interface LocatedText {
  readonly text: string;
  readonly place: string;
}

export interface EncryptedTexts {
  /** The base64 of the ciphertexts, in the order of the texts. */
  readonly tokens: readonly string[];
  /** The key's alias without its prefix, or its id. */
  readonly keyLabel: string;
}

/** KMS calls at once. Well below the slowest request quota of KMS, and enough to hide the way to it. */
export const callsAtOnce = 4;

/**
 * Encrypts texts under one key and one encryption context, for which it asks. `scope` is the document, whose settings
 * count. Rejects when a single text cannot be encrypted; the texts are checked before anything is asked.
 */
export async function encryptAll(
  parts: SecretParts,
  texts: readonly LocatedText[],
  scope: vscode.Uri,
): Promise<EncryptedTexts> {
  const plaintexts = texts.map(({ text, place }) => plaintextBytes(text, place));
  try {
    const service = await parts.connection.keyService();
    const key = await pickEncryptionKey(parts, service);
    const title = vscode.l10n.t('KMS: Encryption Context');
    const context = mayAskForContext(scope) ? await askEncryptionContext(scope, title) : settingsContext(scope);
    return await withProgress(vscode.l10n.t('KMS: Encrypting'), async (signal) => {
      const target = { region: key.region, keyId: key.arn };
      const tokens = await mapConcurrently(plaintexts, callsAtOnce, async (plaintext) => {
        const { ciphertext } = await service.encrypt(target, plaintext, context, signal);
        return toBase64(ciphertext);
      });
      await rememberKey(parts.state, await service.identity(signal), key.arn);
      return { tokens, keyLabel: keyLabel(key) };
    });
  } finally {
    for (const plaintext of plaintexts) plaintext.fill(0);
  }
}
