import * as vscode from 'vscode';
import type { DocumentPosition } from '../../../contributions.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { entryAt } from '../../../core/secrets/transform.ts';
import { activeDocument, locate, readSecretFile, type LocatedValue, type SecretFile } from './secretFile.ts';

/** The values that a command means, with their file. */
export interface ValuesAt {
  readonly file: SecretFile;
  /** Never empty, each value once. */
  readonly values: readonly LocatedValue[];
}

/**
 * The values at a position, or under all cursors of the active editor. Rejects with NO_VALUE_HERE, UNSUPPORTED_FILE,
 * PARSE_ERROR, or EDIT_REFUSED for a value that cannot be replaced by itself.
 */
export async function valuesAt(position: DocumentPosition | undefined): Promise<ValuesAt> {
  const { document, cursors } = await placesOf(position);
  const offsets = cursors.map((cursor) => document.offsetAt(cursor));
  const file = await readSecretFile(document);
  const found = offsets.map((offset, index) => entryAt(file.text, file.entries, offset) ?? noValueHere(cursors[index]?.line ?? 0));
  const values = [...new Set(found)].map((entry) => locate(document, entry));
  for (const { entry, place } of values) {
    if (entry.refusal !== undefined) throw new KmsExplorerError('EDIT_REFUSED', `${place}: ${entry.refusal}`);
  }
  return { file, values };
}

/** The one value at a position or under the cursor. Rejects as valuesAt does, and with NO_VALUE_HERE for more than one. */
export async function valueAt(position: DocumentPosition | undefined): Promise<{ readonly file: SecretFile; readonly value: LocatedValue }> {
  const { file, values } = await valuesAt(position);
  const [value] = values;
  if (value !== undefined && values.length === 1) return { file, value };
  throw new KmsExplorerError('NO_VALUE_HERE', vscode.l10n.t('This works on one value at a time. Leave one cursor only, then run the command again.'));
}

/** The document that a command means, and the first place in it. */
export async function placeOf(position: DocumentPosition | undefined): Promise<{ readonly document: vscode.TextDocument; readonly offset: number }> {
  const { document, cursors } = await placesOf(position);
  return { document, offset: document.offsetAt(cursors[0] ?? new vscode.Position(0, 0)) };
}

interface Places {
  readonly document: vscode.TextDocument;
  readonly cursors: readonly vscode.Position[];
}

async function placesOf(position: DocumentPosition | undefined): Promise<Places> {
  if (position !== undefined) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(position.uri, true));
    return { document, cursors: [new vscode.Position(position.line, position.character)] };
  }
  const document = activeDocument();
  return { document, cursors: (vscode.window.activeTextEditor?.selections ?? []).map(({ active }) => active) };
}

function noValueHere(line: number): never {
  throw new KmsExplorerError(
    'NO_VALUE_HERE',
    vscode.l10n.t('There is no single value on line {0}. Put the cursor on the value or its key.', line + 1),
  );
}
