import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { SopsFormat } from '../../../core/secrets/sops/sopsFormat.ts';
import type { SopsValue } from '../../../core/secrets/sops/values/sopsValue.ts';
import type { SopsOperations } from '../../../core/secrets/sopsOperations.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { withProgress } from '../../shared/withProgress.ts';
import { changeSopsFile, openSopsSource, tellDone } from './changeSopsFile.ts';
import { loadSops, sopsFormat } from './sopsDocument.ts';
import { sopsToolsOn } from './sopsKeys.ts';

/** A place in a document; the offset counts UTF-16 units. */
export interface SopsPlace {
  readonly document: vscode.TextDocument;
  readonly offset: number;
}

/** Lets the user change one value in a box, with one call to KMS; the file never holds its plaintext. */
export async function editSopsValue(parts: SecretParts, { document, offset }: SopsPlace, ask: (now: string, place: string) => Promise<string | undefined>): Promise<void> {
  const source = await openSopsSource(parts, document);
  const { sops, text, format, toolsFor } = source;
  const at = await valueOffset(source, offset);
  const { value, keyPath, change } = await withProgress(vscode.l10n.t('KMS: Decrypting'), (signal) => sops.openValueAt(text, format, at, toolsFor(signal)));
  if (/[\r\n]/.test(value.text)) {
    throw new KmsExplorerError('EDIT_REFUSED', vscode.l10n.t('{0} has several lines, which the box for secrets cannot hold. Use sops itself.', keyPath.join('.')));
  }
  const answer = await ask(value.text, vscode.l10n.t('The value of {0}', keyPath.join('.')));
  if (answer === undefined || answer === value.text) return;
  const changed: SopsValue = sops.retype(answer, value.type);
  await changeSopsFile(source, vscode.l10n.t('KMS: Encrypting'), () => change(changed));
  tellDone(vscode.l10n.t('$(lock) Changed, encrypted and sealed'));
}

/** Encrypts a value that was written by hand into a file of SOPS, as the rule of the file has it. */
export async function encryptSopsValue(parts: SecretParts, { document, offset }: SopsPlace): Promise<void> {
  const source = await openSopsSource(parts, document);
  const { sops, text, format } = source;
  const at = await valueOffset(source, offset);
  const isChanged = await changeSopsFile(source, vscode.l10n.t('KMS: Encrypting'), (tools) => sops.encryptValueAt(text, format, at, tools));
  if (isChanged) tellDone(vscode.l10n.t('$(lock) Encrypted and sealed'));
}

/** The plaintext of one value. The MAC of the file is not looked at: the value is authentic by itself. */
export async function decryptSopsValue({ connection }: SecretParts, { document, offset }: SopsPlace): Promise<string> {
  const [sops, service] = await Promise.all([loadSops(), connection.keyService()]);
  const [text, format] = [document.getText(), sopsFormat(document)];
  const at = await valueOffset({ sops, text, format }, offset);
  return withProgress(vscode.l10n.t('KMS: Decrypting'), async (signal) => {
    const tools = sopsToolsOn(service)(signal);
    return (await sops.decryptValueAt(text, format, at, tools)).value.text;
  });
}

interface SopsText {
  readonly sops: SopsOperations;
  readonly text: string;
  readonly format: SopsFormat;
}

/** Where the value begins that a cursor means: the one it touches, else the only one that begins on its line. */
async function valueOffset({ sops, text, format }: SopsText, offset: number): Promise<number> {
  const ranges = (await sops.readSopsFile(text, format)).entries.map(({ range }) => range);
  const touched = ranges.find((range) => offset >= range.offset && offset <= range.offset + range.length);
  const lineOf = (at: number) => text.slice(0, at).split('\n').length;
  const onLine = ranges.filter((range) => lineOf(range.offset) === lineOf(offset));
  const found = touched ?? (onLine.length === 1 ? onLine[0] : undefined);
  if (found !== undefined) return found.offset;
  throw new KmsExplorerError('NO_VALUE_HERE', vscode.l10n.t('There is no single value on line {0}. Put the cursor on the value or its key.', lineOf(offset)));
}
