import * as vscode from 'vscode';
import type { EncryptionContext } from '../../../core/kms/keyMetadata.ts';
import { plaintextText } from '../../../core/secrets/transform.ts';
import { decryptAcrossRegions, type LocatedToken } from './decryptAcrossRegions.ts';
import { decryptMessage } from './envelope/messages.ts';
import { learnKey } from './learnedKeys.ts';
import type { SecretParts } from './secretParts.ts';
import { tryContexts } from './tryContexts.ts';

/** A decrypted ciphertext, with what encrypts another text in its place. */
export interface Decrypted {
  readonly text: string;
  readonly keyArn: string;
  /** The one that KMS accepted. */
  readonly encryptionContext: EncryptionContext;
}

/**
 * Decrypts ciphertexts to texts, in their order, with the contexts that tryContexts finds. Rejects when a single one
 * cannot be decrypted, and with NOT_TEXT when one holds no UTF-8.
 */
export async function decryptAll(
  { connection, state }: SecretParts,
  items: readonly LocatedToken[],
  scope: vscode.Uri,
): Promise<readonly Decrypted[]> {
  const service = await connection.keyService();
  const regions = await connection.regions();
  return tryContexts(vscode.l10n.t('KMS: Decrypting'), items, scope, async (item, encryptionContext, signal) => {
    const { ciphertext, message } = item.token;
    const { plaintext, keyArn } =
      message === undefined
        ? await decryptAcrossRegions(service, regions, item, encryptionContext, signal)
        : await decryptMessage(service, ciphertext, message, item.place, signal);
    const text = plaintextText(plaintext, item.place);
    plaintext.fill(0);
    await learnKey(state, item.token.ciphertext, keyArn);
    return { text, keyArn, encryptionContext };
  });
}
