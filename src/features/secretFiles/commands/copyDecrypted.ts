import * as vscode from 'vscode';
import type { DocumentPosition } from '../../../contributions.ts';
import { decryptAll } from '../../shared/secrets/decryptAll.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { tokenIn } from '../values/tokenIn.ts';
import { placeOf, valueAt } from '../values/valuesAt.ts';
import { isSopsDocument } from '../sops/sopsDocument.ts';
import { decryptSopsValue } from '../sops/sopsValueCommands.ts';

/** How long a secret stays in the clipboard, in milliseconds. */
export const clipboardLifetime = 45_000;

/** Puts secrets into the clipboard for a while. */
export interface SecretClipboard {
  copy(text: string): Promise<void>;
  /** Empties it at once. */
  empty(): Promise<void>;
}

/** A clipboard that is emptied after `lifetime` milliseconds if the secret is still in it. */
export function makeSecretClipboard(lifetime: number = clipboardLifetime): SecretClipboard {
  let held: { readonly text: string; readonly timer: NodeJS.Timeout } | undefined;
  const empty = async (): Promise<void> => {
    if (held === undefined) return;
    const { text, timer } = held;
    held = undefined;
    clearTimeout(timer);
    if ((await vscode.env.clipboard.readText()) === text) await vscode.env.clipboard.writeText('');
  };
  return {
    async copy(text) {
      clearTimeout(held?.timer);
      await vscode.env.clipboard.writeText(text);
      held = { text, timer: setTimeout(() => void empty(), lifetime) };
    },
    empty,
  };
}

/** Copies the text of one encrypted value; the file stays as it is. */
export async function copyDecrypted(parts: SecretParts, position: DocumentPosition | undefined, clipboard: SecretClipboard): Promise<void> {
  const place = await placeOf(position);
  await clipboard.copy(isSopsDocument(place.document) ? await decryptSopsValue(parts, place) : await decryptOne(parts, position));
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(copy) Copied. The clipboard is emptied in {0} seconds.', clipboardLifetime / 1000), 6000);
}

async function decryptOne(parts: SecretParts, position: DocumentPosition | undefined): Promise<string> {
  const { file, value } = await valueAt(position);
  const [decrypted] = await decryptAll(parts, [tokenIn(file, value)], file.document.uri);
  return decrypted?.text ?? '';
}
