import * as vscode from 'vscode';
import type { DocumentPosition } from '../../../contributions.ts';
import { parseKmsArn } from '../../../core/kms/arn.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { messageBytes, plaintextBytes, replaceValue } from '../../../core/secrets/transform.ts';
import { applyEdits, assertWritable } from '../../shared/secrets/applyEdits.ts';
import { decryptAll, type Decrypted } from '../../shared/secrets/decryptAll.ts';
import { encryptMessage } from '../../shared/secrets/envelope/messages.ts';
import type { LocatedToken } from '../../shared/secrets/decryptAcrossRegions.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { withProgress } from '../../shared/withProgress.ts';
import { tokenIn } from '../values/tokenIn.ts';
import { placeOf, valueAt } from '../values/valuesAt.ts';
import { isSopsDocument } from '../sops/sopsDocument.ts';
import { editSopsValue } from '../sops/sopsValueCommands.ts';

/** Asks for a secret, given what it is now; undefined when the user leaves it. */
export type AskSecret = (now: string, place: string) => Promise<string | undefined>;

/**
 * Lets the user change an encrypted value in a password box; the file never holds the plaintext. The new value is
 * encrypted under the same key with the same encryption context. Rejects with EDIT_REFUSED for a value of several lines,
 * which a box of one line would join.
 */
export async function editValue(parts: SecretParts, position: DocumentPosition | undefined, ask: AskSecret = askSecret): Promise<void> {
  const place = await placeOf(position);
  if (isSopsDocument(place.document)) {
    await editSopsValue(parts, place, ask);
    return;
  }
  const { file, value } = await valueAt(position);
  const { document, version } = file;
  const item = tokenIn(file, value);
  await assertWritable(document);
  const [decrypted] = await decryptAll(parts, [item], document.uri);
  if (decrypted === undefined) return;
  if (/[\r\n]/.test(decrypted.text)) {
    throw new KmsExplorerError('EDIT_REFUSED', vscode.l10n.t('{0} has several lines, which the box for secrets cannot hold. Use "KMS: Decrypt Value" instead.', value.place));
  }
  const text = await ask(decrypted.text, value.place);
  if (text === undefined || text === decrypted.text) return;
  const token = await encryptAgain(parts, item, decrypted, text);
  await applyEdits(document, version, [replaceValue(value.entry, token)]);
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(lock) Changed and encrypted under the same key'), 6000);
}

/** As it was: a ciphertext stays one, and a message stays a message. */
async function encryptAgain(parts: SecretParts, { token, place }: LocatedToken, { keyArn, encryptionContext }: Decrypted, text: string): Promise<string> {
  const plaintext = token.message === undefined ? plaintextBytes(text, place) : messageBytes(text, place);
  try {
    const service = await parts.connection.keyService();
    const key = { region: parseKmsArn(keyArn)?.region ?? service.region, keyId: keyArn };
    const { ciphertext } = await withProgress(vscode.l10n.t('KMS: Encrypting'), (signal) =>
      token.message === undefined
        ? service.encrypt(key, plaintext, encryptionContext, signal)
        : encryptMessage(service, key, plaintext, encryptionContext, signal),
    );
    return token.wrap(ciphertext);
  } finally {
    plaintext.fill(0);
  }
}

/** A box that shows dots. It is closed without a change when the focus goes elsewhere. */
export async function askSecret(now: string, place: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('KMS: Edit Value'),
    prompt: vscode.l10n.t('{0}. It is encrypted again under the same key.', place),
    value: now,
    password: true,
    validateInput: (text) => (text === '' ? vscode.l10n.t('KMS encrypts one byte or more.') : undefined),
  });
}
