import * as vscode from 'vscode';
import type { DocumentPosition } from '../../../contributions.ts';
import type { KeySummary } from '../../../core/kms/catalog/keySummary.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import type { EncryptResult } from '../../../core/kms/service/cryptography.ts';
import type { KeyReference } from '../../../core/kms/service/keyReference.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import { describeToken } from '../../../core/secrets/tokens/describeToken.ts';
import { isFnoxFile } from '../../../core/secrets/tokens/fnox.ts';
import { replaceValue } from '../../../core/secrets/transform.ts';
import { applyEdits, assertWritable } from '../../shared/secrets/applyEdits.ts';
import type { LocatedToken } from '../../shared/secrets/decryptAcrossRegions.ts';
import { decryptMessage, encryptMessage } from '../../shared/secrets/envelope/messages.ts';
import { learnKey } from '../../shared/secrets/learnedKeys.ts';
import { pickEncryptionKey } from '../../shared/secrets/pickEncryptionKey.ts';
import { rememberKey } from '../../shared/secrets/recentKeys.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { tryContexts } from '../../shared/secrets/tryContexts.ts';
import { fileNameOf, type LocatedValue, type SecretFile } from '../values/secretFile.ts';
import { tokenIn } from '../values/tokenIn.ts';
import { valuesAt, type ValuesAt } from '../values/valuesAt.ts';

/**
 * Encrypts values under another key with KMS ReEncrypt: the plaintext does not leave KMS. The encryption context stays.
 * Both keys must be in one Region. A message of the AWS Encryption SDK is decrypted and encrypted anew on this machine.
 * All values or none, in one undo step.
 */
export async function reEncryptValue(parts: SecretParts, position: DocumentPosition | undefined): Promise<void> {
  const { file, values, items } = await readItems(position);
  const { document, version } = file;
  const service = await parts.connection.keyService();
  const key = await pickEncryptionKey(parts, service);
  const target = { region: key.region, keyId: key.arn };
  const title = vscode.l10n.t('KMS: Re-encrypting');
  const results = await tryContexts(title, items, document.uri, async ({ token: { ciphertext, message }, place }, encryptionContext, signal) => {
    try {
      if (message !== undefined) return await encryptAnew(service, target, { ciphertext, message, place }, signal);
      return await service.reEncrypt(target, { ciphertext, encryptionContext }, encryptionContext, signal);
    } catch (error) {
      throw error instanceof KmsExplorerError && message === undefined ? explain(error, place, key) : error;
    }
  });
  const edits = values.map(({ entry }, index) => {
    const [token, result] = [items[index]?.token, results[index]];
    return replaceValue(entry, token === undefined || result === undefined ? entry.value : token.wrap(result.ciphertext));
  });
  await applyEdits(document, version, edits);
  for (const { ciphertext, keyArn } of results) await learnKey(parts.state, ciphertext, keyArn);
  await rememberKey(parts.state, await service.identity(new AbortController().signal), key.arn);
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(lock) Re-encrypted under {0}', keyLabel(key)), 6000);
}

/** Rejects for values that `reEncryptValue` refuses whatever KMS says. */
export async function requireReEncryptable(position: DocumentPosition | undefined): Promise<void> {
  await readItems(position);
}

async function readItems(position: DocumentPosition | undefined): Promise<ValuesAt & { readonly items: readonly LocatedToken[] }> {
  const { file, values } = await valuesAt(position);
  const items = values.map((value) => tokenIn(file, value));
  for (const value of values) assertNamesNoKey(file, value);
  await assertWritable(file.document);
  return { file, values, items };
}

interface OneMessage {
  readonly ciphertext: Uint8Array;
  readonly message: NonNullable<LocatedToken['token']['message']>;
  readonly place: string;
}

async function encryptAnew(service: KeyService, target: KeyReference, { ciphertext, message, place }: OneMessage, signal: AbortSignal): Promise<EncryptResult> {
  const { plaintext } = await decryptMessage(service, ciphertext, message, place, signal);
  try {
    return await encryptMessage(service, target, plaintext, message.encryptionContext, signal);
  } finally {
    plaintext.fill(0);
  }
}

/** A value whose reader names the key itself would not be decrypted any more. */
function assertNamesNoKey({ document, markers }: SecretFile, { entry, place }: LocatedValue): void {
  const fileName = fileNameOf(document);
  if (isFnoxFile(fileName)) {
    throw new KmsExplorerError('EDIT_REFUSED', vscode.l10n.t('{0}: fnox decrypts with the key of its provider only. Change the provider and encrypt the values anew.', place));
  }
  const described = describeToken(entry.value, { fileName, keyPath: entry.keyPath }, markers);
  const named = described?.keys[0];
  if (named === undefined || described?.kind === 'encryptionSdkMessage') return;
  throw new KmsExplorerError('EDIT_REFUSED', vscode.l10n.t('{0} names its key, {1}, in the value itself. Decrypt it and encrypt it anew.', place, named.keyId));
}

function explain(error: KmsExplorerError, place: string, { region }: KeySummary): KmsExplorerError {
  const { code, message, serviceCode } = error;
  if (code !== 'INVALID_CIPHERTEXT' && code !== 'ACCESS_DENIED' && code !== 'NOT_FOUND') return error;
  const text = vscode.l10n.t(
    '{0} was not re-encrypted: {1} KMS re-encrypts within one Region, so the key that the value is encrypted under has to be in {2} as well; otherwise decrypt the value and encrypt it anew.',
    place,
    message.replace(/\.?$/, '.'),
    region,
  );
  return new KmsExplorerError(code, text, { ...(serviceCode === undefined ? {} : { serviceCode }), cause: error });
}
