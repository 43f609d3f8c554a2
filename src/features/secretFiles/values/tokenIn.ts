import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { recogniseCiphertext } from '../../../core/secrets/ciphertextToken.ts';
import { describeToken } from '../../../core/secrets/tokens/describeToken.ts';
import { fnoxProviderOf, isFnoxFile } from '../../../core/secrets/tokens/fnox.ts';
import type { LocatedToken } from '../../shared/secrets/decryptAcrossRegions.ts';
import { fileNameOf, type LocatedValue, type SecretFile } from './secretFile.ts';

/**
 * The ciphertext that a value is, with what its place says about decrypting it: fnox names the Region and knows no
 * encryption context. Throws NOT_CIPHERTEXT, with what else it is where that is known.
 */
export function tokenIn(file: SecretFile, { entry, place }: LocatedValue): LocatedToken {
  const fileName = fileNameOf(file.document);
  const token = recogniseCiphertext(entry.value, file.markers);
  const known = describeToken(entry.value, { fileName, keyPath: entry.keyPath }, file.markers);
  if (token !== undefined) {
    const region = token.region ?? known?.region ?? fnoxProviderOf(file.entries, entry)?.region;
    const encryptionContext = token.encryptionContext ?? (isFnoxFile(fileName) ? {} : undefined);
    return { token: { ...token, region, encryptionContext }, place };
  }
  throw new KmsExplorerError(
    'NOT_CIPHERTEXT',
    known === undefined
      ? vscode.l10n.t('{0} is no KMS ciphertext, so there is nothing to decrypt.', place)
      : vscode.l10n.t('{0} is not decrypted in place. {1} {2}', place, known.summary, known.leftAlone ?? ''),
  );
}
