import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { EncryptionContext } from '../../../core/kms/keyMetadata.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import { plaintextText } from '../../../core/secrets/transform.ts';
import { withProgress } from '../withProgress.ts';
import { askEncryptionContext, mayAskForContext, settingsContext } from './askEncryptionContext.ts';
import { decryptAcrossRegions, type LocatedToken } from './decryptAcrossRegions.ts';
import { callsAtOnce } from './encryptAll.ts';
import { mapConcurrently } from './mapConcurrently.ts';
import type { SecretParts } from './secretParts.ts';

type Outcome = { readonly text: string } | { readonly refused: KmsExplorerError; readonly item: LocatedToken };

/**
 * Decrypts ciphertexts to texts, in their order. The encryption context is the token's own, else that of the settings,
 * and is asked for only when KMS refuses a ciphertext with it, so that decrypting without a context is one step.
 * Rejects when a single one cannot be decrypted, and with NOT_TEXT when one holds no UTF-8.
 */
export async function decryptAll(
  parts: SecretParts,
  items: readonly LocatedToken[],
  scope: vscode.Uri,
): Promise<readonly string[]> {
  const service = await parts.connection.keyService();
  const regions = await parts.connection.regions();
  const first = await attempt(service, regions, items, settingsContext(scope));
  const refused = first.filter((outcome) => 'refused' in outcome);
  if (refused[0] === undefined) return texts(first);
  const cannotAsk = !mayAskForContext(scope) || refused.some(({ item }) => item.token.encryptionContext !== undefined);
  if (cannotAsk) throw refused[0].refused;
  const title = vscode.l10n.t('KMS: Encryption Context Needed to Decrypt');
  const context = await askEncryptionContext(scope, title);
  const second = await attempt(
    service,
    regions,
    refused.map(({ item }) => item),
    context,
  );
  const again = second.values();
  return texts(first.map((outcome) => ('refused' in outcome ? (again.next().value ?? outcome) : outcome)));
}

function attempt(
  service: KeyService,
  regions: readonly string[],
  items: readonly LocatedToken[],
  context: EncryptionContext,
): Promise<readonly Outcome[]> {
  return withProgress(vscode.l10n.t('KMS: Decrypting'), (signal) =>
    mapConcurrently(items, callsAtOnce, async (item): Promise<Outcome> => {
      try {
        const plaintext = await decryptAcrossRegions(service, regions, item, item.token.encryptionContext ?? context, signal);
        const text = plaintextText(plaintext, item.place);
        plaintext.fill(0);
        return { text };
      } catch (error) {
        if (error instanceof KmsExplorerError && error.code === 'INVALID_CIPHERTEXT') return { refused: error, item };
        throw error;
      }
    }),
  );
}

function texts(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map((outcome) => {
    if ('refused' in outcome) throw outcome.refused;
    return outcome.text;
  });
}
