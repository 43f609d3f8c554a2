import * as vscode from 'vscode';
import { encryptedValues } from '../../../core/secrets/detect/selectValues.ts';
import { applyEditsTo, plaintextText, replaceValue } from '../../../core/secrets/transform.ts';
import { ciphertextMarkers } from '../../shared/secrets/ciphertextMarkers.ts';
import { decryptAll } from '../../shared/secrets/decryptAll.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { withProgress } from '../../shared/withProgress.ts';
import { isSopsText, loadSops, sopsFormat } from '../sops/sopsDocument.ts';
import type { ToolsFor } from '../sops/sopsKeys.ts';
import { fileNameOf, formatOf, type SecretFile } from '../values/secretFile.ts';
import { tokenIn } from '../values/tokenIn.ts';

/** A text of a document's file, of this version or another one, with what KMS encrypted in it in the clear. */
export async function decryptedText(parts: SecretParts, document: vscode.TextDocument, text: string, toolsFor: ToolsFor): Promise<string> {
  return isSopsText(text) ? decryptedSops(document, text, toolsFor) : decryptedValues(parts, document, text);
}

async function decryptedSops(document: vscode.TextDocument, text: string, toolsFor: ToolsFor): Promise<string> {
  const [sops, format] = [await loadSops(), sopsFormat(document)];
  return withProgress(vscode.l10n.t('KMS: Decrypting'), async (signal) => {
    if (format === 'binary') return plaintextText(await sops.decryptBinary(text, toolsFor(signal)), fileNameOf(document));
    return (await sops.decryptFile(text, format, toolsFor(signal))).text;
  });
}

async function decryptedValues(parts: SecretParts, document: vscode.TextDocument, text: string): Promise<string> {
  const format = formatOf(document);
  if (format === undefined) return text;
  const entries = (await format.load()).parse(text);
  const file: SecretFile = { document, version: document.version, format, text, entries, markers: ciphertextMarkers(document.uri) };
  const values = encryptedValues(entries, file.markers).map(({ entry }) => ({ entry, place: entry.keyPath.join('.') }));
  if (values.length === 0) return text;
  const decrypted = await decryptAll(parts, values.map((value) => tokenIn(file, value)), document.uri);
  return applyEditsTo(text, values.map(({ entry }, index) => replaceValue(entry, decrypted[index]?.text ?? entry.value)));
}
