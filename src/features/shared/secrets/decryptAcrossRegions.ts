import * as vscode from 'vscode';
import { KmsExplorerError, type ErrorCode } from '../../../core/kms/errorCode.ts';
import type { EncryptionContext } from '../../../core/kms/keyMetadata.ts';
import type { DecryptResult } from '../../../core/kms/service/cryptography.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import type { CiphertextToken } from '../../../core/secrets/ciphertextToken.ts';

/** A ciphertext and how messages name it, for instance "The value of db.password". */
export interface LocatedToken {
  readonly token: CiphertextToken;
  readonly place: string;
}

/** What KMS answers when the key of a ciphertext is not in the Region that was asked, among other reasons. */
const perhapsElsewhere: readonly ErrorCode[] = ['INVALID_CIPHERTEXT', 'ACCESS_DENIED', 'NOT_FOUND'];

/** The Region that last decrypted something, by connection. */
const lastRegion = new WeakMap<KeyService, string>();

/**
 * Decrypts a ciphertext, which names no Region: the one that its token names is asked first, then the one that last
 * decrypted, the backend's own, and the others chosen. Rejects with what the Region that knew most about it said:
 * INVALID_CIPHERTEXT before ACCESS_DENIED before NOT_FOUND, and with any other error at once.
 */
export async function decryptAcrossRegions(
  service: KeyService,
  chosen: readonly string[],
  { token, place }: LocatedToken,
  context: EncryptionContext,
  signal: AbortSignal,
): Promise<DecryptResult> {
  const failures: KmsExplorerError[] = [];
  const regions = orderRegions(service, chosen, token.region);
  for (const region of regions) {
    try {
      const result = await service.decrypt(region, token.ciphertext, context, signal);
      lastRegion.set(service, region);
      return result;
    } catch (error) {
      if (!(error instanceof KmsExplorerError) || !perhapsElsewhere.includes(error.code)) throw error;
      failures.push(error);
    }
  }
  throw explainFailures(failures, regions, place);
}

function orderRegions(service: KeyService, chosen: readonly string[], named: string | undefined): readonly string[] {
  const known = service.regions();
  const first = [named, lastRegion.get(service)].filter((region) => region !== undefined && known.includes(region));
  return [...new Set([...first, service.region, ...chosen])].filter((region) => region !== undefined);
}

function explainFailures(failures: readonly KmsExplorerError[], regions: readonly string[], place: string): KmsExplorerError {
  const code = perhapsElsewhere.find((each) => failures.some((failure) => failure.code === each)) ?? 'KMS_FAULT';
  const cause = failures.find((failure) => failure.code === code);
  const asked = regions.join(', ');
  return new KmsExplorerError(code, explanation(code, place, asked), {
    ...(cause?.serviceCode === undefined ? {} : { serviceCode: cause.serviceCode }),
    cause,
  });
}

function explanation(code: ErrorCode, place: string, asked: string): string {
  if (code === 'INVALID_CIPHERTEXT') {
    return vscode.l10n.t(
      '{0} cannot be decrypted: either the encryption context is not the one it was encrypted with, or the ciphertext was changed or cut off. Asked in {1}. Give the right context, or restore the ciphertext.',
      place,
      asked,
    );
  }
  if (code === 'ACCESS_DENIED') {
    return vscode.l10n.t(
      '{0} cannot be decrypted: KMS denied access. You may not use its key, or the key is in another account or in a Region that was not asked. Asked in {1}; choose more with "KMS: Select Regions".',
      place,
      asked,
    );
  }
  return vscode.l10n.t(
    '{0} cannot be decrypted: its key was not found in {1}. Choose more Regions with "KMS: Select Regions".',
    place,
    asked,
  );
}
