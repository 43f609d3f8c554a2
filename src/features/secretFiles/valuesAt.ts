import * as vscode from 'vscode';
import type { DocumentPosition } from '../../contributions.ts';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { ValueEntry } from '../../core/secrets/codec.ts';
import { fileFormats, formatFor, type FileFormat } from '../../core/secrets/fileFormats.ts';
import { entryAt } from '../../core/secrets/transform.ts';

/** The values that a command means, at one version of their document. */
export interface ValuesAt {
  readonly document: vscode.TextDocument;
  readonly version: number;
  /** Never empty, each value once. */
  readonly values: readonly LocatedValue[];
}

export interface LocatedValue {
  readonly entry: ValueEntry;
  /** Names the value in messages by its key. */
  readonly place: string;
}

/**
 * The values at a position, or under all cursors of the active editor. Rejects with NO_VALUE_HERE, UNSUPPORTED_FILE,
 * PARSE_ERROR, or EDIT_REFUSED for a value that cannot be replaced by itself.
 */
export async function valuesAt(position: DocumentPosition | undefined): Promise<ValuesAt> {
  const { document, cursors } = await placesOf(position);
  const format = formatOf(document);
  if (format === undefined) throw unsupportedFile(document);
  const { version } = document;
  const text = document.getText();
  const offsets = cursors.map((cursor) => document.offsetAt(cursor));
  const entries = (await format.load()).parse(text);
  const found = offsets.map((offset, index) => entryAt(text, entries, offset) ?? noValueHere(cursors[index]?.line ?? 0));
  const values = [...new Set(found)].map((entry) => ({ entry, place: placeOf(document, entry) }));
  for (const { entry, place } of values) {
    if (entry.refusal !== undefined) throw new KmsExplorerError('EDIT_REFUSED', `${place}: ${entry.refusal}`);
  }
  return { document, version, values };
}

/** The format of a document, by its file name and language. */
export function formatOf({ uri, languageId }: vscode.TextDocument): FileFormat | undefined {
  return formatFor(uri.path.split('/').at(-1) ?? '', languageId);
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
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) return { document: editor.document, cursors: editor.selections.map(({ active }) => active) };
  throw new KmsExplorerError(
    'NO_VALUE_HERE',
    vscode.l10n.t('No file is open. Open one and put the cursor on a value, then run the command again.'),
  );
}

function placeOf(document: vscode.TextDocument, { keyPath, valueRange }: ValueEntry): string {
  const line = document.positionAt(valueRange.offset).line + 1;
  return vscode.l10n.t('The value of {0} on line {1}', keyPath.join('.') || vscode.l10n.t('the document'), line);
}

function noValueHere(line: number): never {
  throw new KmsExplorerError(
    'NO_VALUE_HERE',
    vscode.l10n.t('There is no single value on line {0}. Put the cursor on the value or its key.', line + 1),
  );
}

function unsupportedFile(document: vscode.TextDocument): KmsExplorerError {
  const names = fileFormats.map(({ name }) => name).join(', ');
  return new KmsExplorerError(
    'UNSUPPORTED_FILE',
    vscode.l10n.t(
      'Values are found in files of these formats: {0}. {1} is none of them; select the text and use "KMS: Encrypt Selection" or "KMS: Decrypt Selection".',
      names,
      document.uri.path.split('/').at(-1) ?? '',
    ),
  );
}
