import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../../core/kms/errorCode.ts';
import { plaintextLimit } from '../../../../core/secrets/transform.ts';

/**
 * Asks once whether texts that are too long for one KMS call are to be encrypted as messages of the AWS Encryption SDK.
 * Rejects with CANCELLED when the user does not want that.
 */
export async function agreeToMessages(texts: readonly { readonly place: string }[], plaintexts: readonly Uint8Array[]): Promise<void> {
  const first = plaintexts.findIndex(({ length }) => length > plaintextLimit);
  if (first === -1) return;
  const agree = vscode.l10n.t('Encrypt as Message');
  const question = vscode.l10n.t(
    '{0} has {1} bytes of UTF-8; KMS encrypts at most {2} bytes at once. Encrypt it as a message of the AWS Encryption SDK?',
    texts[first]?.place ?? '',
    plaintexts[first]?.length ?? 0,
    plaintextLimit,
  );
  const detail = vscode.l10n.t(
    'A data key that KMS makes encrypts the text, and stands beside it, encrypted under the key that you choose. The AWS Encryption SDK and its command line decrypt it, and so does this extension; a program that calls KMS Decrypt does not.',
  );
  const answer = await vscode.window.showInformationMessage(question, { modal: true, detail }, agree);
  if (answer !== agree) throw new KmsExplorerError('CANCELLED', 'The text is too long, and a message was not wanted.');
}
