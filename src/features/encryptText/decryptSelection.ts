import * as vscode from 'vscode';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import { recogniseCiphertext, type CiphertextToken } from '../../core/secrets/ciphertextToken.ts';
import type { CustomMarker } from '../../core/secrets/tokens/wrappers.ts';
import { announceDecrypted } from '../shared/secrets/announce.ts';
import { applyEdits, assertWritable } from '../shared/secrets/applyEdits.ts';
import { ciphertextMarkers } from '../shared/secrets/ciphertextMarkers.ts';
import { decryptAll } from '../shared/secrets/decryptAll.ts';
import type { SecretParts } from '../shared/secrets/secretParts.ts';
import { selectedTexts, type SelectedText } from './selectedTexts.ts';

/** Replaces every selected ciphertext by its text, in one undo step; all of them or none. White space around stays. */
export async function decryptSelection(parts: SecretParts): Promise<void> {
  const { document, version, selections } = selectedTexts();
  const markers = ciphertextMarkers(document.uri);
  const items = selections.map((selection) => ({ token: tokenOf(selection, markers), ...selection }));
  await assertWritable(document);
  const decrypted = await decryptAll(parts, items, document.uri);
  const edits = items.map(({ token, offset, text }, index) => ({
    offset: offset + token.range.offset,
    length: token.range.length,
    text: decrypted[index]?.text ?? text,
  }));
  await applyEdits(document, version, edits);
  announceDecrypted(edits.length);
}

function tokenOf({ text, place }: SelectedText, markers: readonly CustomMarker[]): CiphertextToken {
  const token = recogniseCiphertext(text, markers);
  if (token !== undefined) return token;
  throw new KmsExplorerError(
    'NOT_CIPHERTEXT',
    vscode.l10n.t(
      '{0} is no KMS ciphertext. Select the whole base64 of one, with or without the prefix of a known tool, and nothing around it.',
      place,
    ),
  );
}
