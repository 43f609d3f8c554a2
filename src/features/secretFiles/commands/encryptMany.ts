import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { ValueEntry } from '../../../core/secrets/codec.ts';
import { pathsAround } from '../../../core/secrets/detect/pathsAround.ts';
import { valuesUnder } from '../../../core/secrets/detect/selectValues.ts';
import { suspects, type Suspect } from '../../../core/secrets/detect/suspects.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { canBeEncrypted, encryptValues } from '../values/encryptValues.ts';
import { activeDocument, fileNameOf, locate, readSecretFile, type SecretFile } from '../values/secretFile.ts';

/** Encrypts all values under a key near the cursor, or of the whole file, as the user picks. */
export async function encryptUnderKey(parts: SecretParts): Promise<void> {
  const file = await readSecretFile(activeDocument());
  const groups = pathsAround(file.entries, file.document.offsetAt(cursor()))
    .map((path) => ({ path, entries: encryptable(file, valuesUnder(file.entries, path)) }))
    .filter(({ entries }) => entries.length > 0);
  if (groups.length === 0) throw nothingToEncrypt(file);
  const rows = groups.map(({ path, entries }) => ({
    label: path.length === 0 ? vscode.l10n.t('the whole file') : path.join('.'),
    description: entries.length === 1 ? vscode.l10n.t('1 value') : vscode.l10n.t('{0} values', entries.length),
    detail: namesOf(entries),
    entries,
  }));
  const picked = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('KMS: Encrypt All Values Under'),
    placeHolder: vscode.l10n.t('Empty and encrypted values are left as they are'),
    ignoreFocusOut: true,
  });
  if (picked !== undefined) await encryptEntries(parts, file, picked.entries);
}

/** Encrypts the values that the selections touch. */
export async function encryptSelectedValues(parts: SecretParts): Promise<void> {
  const file = await readSecretFile(activeDocument());
  const selections = (vscode.window.activeTextEditor?.selections ?? []).filter(({ isEmpty }) => !isEmpty);
  if (selections.length === 0) {
    throw new KmsExplorerError('NOTHING_SELECTED', vscode.l10n.t('Nothing is selected. Select the lines with the values, then run the command again.'));
  }
  const ranges = selections.map(({ start, end }) => [file.document.offsetAt(start), file.document.offsetAt(end)] as const);
  const entries = file.entries.filter(({ valueRange, keyRange }) => {
    const [from, to] = [(keyRange ?? valueRange).offset, valueRange.offset + valueRange.length];
    return ranges.some(([start, end]) => from < end && to > start);
  });
  await encryptEntries(parts, file, encryptable(file, entries));
}

/** Lets the user choose among the values that look like secrets, and encrypts them. Doubtful ones start unticked. */
export async function encryptDetected(parts: SecretParts): Promise<void> {
  const file = await readSecretFile(activeDocument());
  const found = suspects(file.entries, fileNameOf(file.document), file.markers).filter(({ entry }) => canBeEncrypted(file, locate(file.document, entry)));
  if (found.length === 0) {
    throw new KmsExplorerError('NO_VALUE_HERE', vscode.l10n.t('No value in {0} looks like a secret in plaintext.', fileNameOf(file.document)));
  }
  const picked = await vscode.window.showQuickPick(found.map((suspect) => suspectRow(file, suspect)), {
    title: vscode.l10n.t('KMS: Encrypt Detected Secrets'),
    placeHolder: vscode.l10n.t('Values that look like secrets'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (picked !== undefined && picked.length > 0) await encryptEntries(parts, file, picked.map(({ entry }) => entry));
}

function suspectRow({ document }: SecretFile, { entry, reason, confidence }: Suspect): vscode.QuickPickItem & { readonly entry: ValueEntry } {
  const line = document.positionAt(entry.valueRange.offset).line + 1;
  return {
    label: entry.keyPath.join('.'),
    description: vscode.l10n.t('line {0}', line),
    detail: reason,
    picked: confidence !== 'low',
    entry,
  };
}

async function encryptEntries(parts: SecretParts, file: SecretFile, entries: readonly ValueEntry[]): Promise<void> {
  if (entries.length === 0) throw nothingToEncrypt(file);
  await encryptValues(parts, file, entries.map((entry) => locate(file.document, entry)));
}

function encryptable(file: SecretFile, entries: readonly ValueEntry[]): readonly ValueEntry[] {
  return entries.filter((entry) => canBeEncrypted(file, locate(file.document, entry)));
}

function cursor(): vscode.Position {
  return vscode.window.activeTextEditor?.selection.active ?? new vscode.Position(0, 0);
}

/** The names below a row, few enough to be read. */
function namesOf(entries: readonly ValueEntry[]): string {
  const names = entries.slice(0, 6).map(({ keyPath }) => String(keyPath.at(-1) ?? ''));
  return names.join(', ') + (entries.length > names.length ? ' …' : '');
}

function nothingToEncrypt({ document }: SecretFile): KmsExplorerError {
  return new KmsExplorerError('NO_VALUE_HERE', vscode.l10n.t('{0} has no value here that could be encrypted.', fileNameOf(document)));
}
