import * as vscode from 'vscode';
import { parseKmsArn } from '../../../core/kms/arn.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { describeToken } from '../../../core/secrets/tokens/describeToken.ts';
import { fnoxProviderOf, fnoxProviders } from '../../../core/secrets/tokens/fnox.ts';
import { markedFormat } from '../../../core/secrets/tokens/markedFormat.ts';
import { springWrapper } from '../../../core/secrets/tokens/wrappers.ts';
import { writeFormatFor, type WriteFormat } from '../../../core/secrets/tokens/writeFormat.ts';
import { announceEncrypted } from '../../shared/secrets/announce.ts';
import { applyEdits, assertWritable } from '../../shared/secrets/applyEdits.ts';
import { markerToWrite } from '../../shared/secrets/ciphertextMarkers.ts';
import { encryptAll, type EncryptionTerms } from '../../shared/secrets/encryptAll.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { fileNameOf, type LocatedValue, type SecretFile } from './secretFile.ts';
import { isSopsDocument } from '../sops/sopsDocument.ts';

/**
 * Replaces values by their ciphertexts, written as what reads the file at run time expects them; in one undo step, all
 * of them or none. Rejects with EDIT_REFUSED, before KMS is asked, for a value that is encrypted already or that its
 * reader would not decrypt.
 */
export async function encryptValues(parts: SecretParts, file: SecretFile, values: readonly LocatedValue[], form: 'ciphertexts' | 'messages' = 'ciphertexts'): Promise<void> {
  const { document, version } = file;
  assertNotSops(file);
  const format = formatToWrite(file);
  if (form === 'messages' && !takesMessages(format)) {
    throw new KmsExplorerError('EDIT_REFUSED', vscode.l10n.t('{0} is read by {1}, which decrypts no messages of the AWS Encryption SDK.', fileNameOf(document), format.reader));
  }
  for (const value of values) assertCanBeEncrypted(file, value, format);
  await assertWritable(document);
  const texts = values.map(({ entry, place }) => ({ text: entry.value, place }));
  const offered = takesMessages(format) ? 'offered' : 'never';
  const terms: EncryptionTerms = { ...termsOf(file, values, format), messages: form === 'messages' ? 'always' : offered };
  const { tokens, keyLabel, encryptionContext } = await encryptAll(parts, texts, document.uri, terms);
  const edits = values.map(({ entry }, index) => format.edit(file, entry, tokens[index] ?? entry.value, encryptionContext));
  await applyEdits(document, version, edits);
  announceEncrypted(edits.length, keyLabel, parts.state);
}

/** The readers that are known by their format call KMS themselves; any other may be the AWS Encryption SDK. */
function takesMessages({ name }: WriteFormat): boolean {
  return name !== 'fnox' && name !== springWrapper.name;
}

/** Values that SOPS did not write would break the MAC of its file. */
function assertNotSops({ document }: SecretFile): void {
  if (!isSopsDocument(document)) return;
  throw new KmsExplorerError(
    'EDIT_REFUSED',
    vscode.l10n.t('{0} is encrypted by SOPS, which would not read values that are encrypted by themselves. Use "KMS: Encrypt Value" or "KMS: Edit Value" on one value of it.', fileNameOf(document)),
  );
}

/** A marker of the settings for this file goes before what its reader would expect by its name. */
function formatToWrite({ document, format }: SecretFile): WriteFormat {
  const marker = markerToWrite(document);
  return marker === undefined ? writeFormatFor(fileNameOf(document), format.name) : markedFormat(marker);
}

/** Any text in base64 tells whether the place can hold a token at all. */
const probe = 'AQICAHg=';

function assertCanBeEncrypted(file: SecretFile, { entry, place }: LocatedValue, format: WriteFormat): void {
  const found = describeToken(entry.value, { fileName: fileNameOf(file.document), keyPath: entry.keyPath }, file.markers);
  if (found !== undefined) {
    const message =
      found.leftAlone === undefined
        ? vscode.l10n.t('{0} is encrypted already. Decrypt it first.', place)
        : vscode.l10n.t('{0} is encrypted already. {1}', place, found.summary);
    throw new KmsExplorerError('EDIT_REFUSED', message);
  }
  try {
    format.edit(file, entry, probe, {});
  } catch (error) {
    throw error instanceof KmsExplorerError ? new KmsExplorerError(error.code, `${place}: ${error.message}`) : error;
  }
}

/** Whether a value holds something to encrypt that its reader would decrypt. */
export function canBeEncrypted(file: SecretFile, value: LocatedValue): boolean {
  if (value.entry.value === '') return false;
  try {
    assertCanBeEncrypted(file, value, formatToWrite(file));
    return true;
  } catch {
    return false;
  }
}

function termsOf(file: SecretFile, values: readonly LocatedValue[], format: WriteFormat): EncryptionTerms {
  if (format.name === 'fnox') return { fixedKey: fnoxKey(file, values) };
  const [value] = values;
  return {
    checkContext: (encryptionContext) => {
      if (value !== undefined) format.edit(file, value.entry, probe, encryptionContext);
    },
  };
}

/** fnox sends the key of its provider when it decrypts, so that no other one would do. */
function fnoxKey({ entries }: SecretFile, values: readonly LocatedValue[]): NonNullable<EncryptionTerms['fixedKey']> {
  const [fallback] = fnoxProviders(entries);
  const providers = new Set(values.map(({ entry }) => fnoxProviderOf(entries, entry) ?? fallback).map((provider) => provider?.name));
  const provider = fnoxProviders(entries).find(({ name }) => providers.has(name));
  if (providers.size > 1) {
    throw new KmsExplorerError('EDIT_REFUSED', vscode.l10n.t('The values belong to several providers of fnox. Encrypt those of one provider at a time.'));
  }
  if (provider?.keyId === undefined) {
    throw new KmsExplorerError('EDIT_REFUSED', vscode.l10n.t('The provider of fnox names no key. Give it a key_id first.'));
  }
  return { keyId: provider.keyId, region: provider.region ?? parseKmsArn(provider.keyId)?.region };
}
