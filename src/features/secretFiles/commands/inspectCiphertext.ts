import * as vscode from 'vscode';
import type { DocumentPosition } from '../../../contributions.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { describeToken, type TokenDescription } from '../../../core/secrets/tokens/describeToken.ts';
import { tokenFacts } from '../../../core/secrets/tokens/tokenFacts.ts';
import { ciphertextMarkers } from '../../shared/secrets/ciphertextMarkers.ts';
import { learnedKey } from '../../shared/secrets/learnedKeys.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import type { ReadOnlyDocuments } from '../readOnlyDocuments.ts';
import { activeDocument, fileNameOf } from '../values/secretFile.ts';
import { valueAt } from '../values/valuesAt.ts';

/**
 * Shows in words what the value or the selection under the cursor is, as far as it shows without being decrypted. KMS is
 * not asked. Rejects with NOT_CIPHERTEXT for anything that is no encrypted value.
 */
export async function inspectCiphertext(parts: SecretParts, position: DocumentPosition | undefined, documents: ReadOnlyDocuments): Promise<void> {
  const { place, description } = (position === undefined ? describeSelection() : undefined) ?? (await describeValue(position));
  if (description === undefined) {
    throw new KmsExplorerError('NOT_CIPHERTEXT', vscode.l10n.t('{0} is no ciphertext that is known here.', place));
  }
  const key = learnedKey(parts.state, description.ciphertext?.keyHash);
  const rows = tokenFacts(description).map(({ name, text }) => `${name}: ${text}`);
  const keyRow = key === undefined ? [] : [vscode.l10n.t('Key, as KMS named it before: {0}', key)];
  const note = description.leftAlone === undefined ? [] : ['', description.leftAlone];
  const lines = [place, '', description.summary, '', ...rows, ...keyRow, ...note, ''];
  await documents.show(vscode.l10n.t('Ciphertext'), lines.join('\n'), 'plaintext');
}

interface Described {
  readonly place: string;
  readonly description: TokenDescription | undefined;
}

function describeSelection(): Described | undefined {
  const selection = vscode.window.activeTextEditor?.selection;
  if (selection === undefined || selection.isEmpty) return undefined;
  const document = activeDocument();
  const place = vscode.l10n.t('The selection on line {0}', selection.start.line + 1);
  return { place, description: describeToken(document.getText(selection), { fileName: fileNameOf(document) }, ciphertextMarkers(document.uri)) };
}

async function describeValue(position: DocumentPosition | undefined): Promise<Described> {
  const { file, value } = await valueAt(position);
  const place = { fileName: fileNameOf(file.document), keyPath: value.entry.keyPath };
  return { place: value.place, description: describeToken(value.entry.value, place, file.markers) };
}
