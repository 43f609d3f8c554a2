import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { ValueEntry } from '../../../core/secrets/codec.ts';
import { fileFormats, formatFor, type FileFormat } from '../../../core/secrets/fileFormats.ts';
import type { CustomMarker } from '../../../core/secrets/tokens/wrappers.ts';
import { ciphertextMarkers } from '../../shared/secrets/ciphertextMarkers.ts';

/** A configuration file with its values, at one version of its document. */
export interface SecretFile {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly format: FileFormat;
  readonly text: string;
  readonly entries: readonly ValueEntry[];
  /** The user's own markers of ciphertexts. */
  readonly markers: readonly CustomMarker[];
}

export interface LocatedValue {
  readonly entry: ValueEntry;
  /** Names the value in messages by its key. */
  readonly place: string;
}

/** Reads the values of a document. Rejects with UNSUPPORTED_FILE or PARSE_ERROR. */
export async function readSecretFile(document: vscode.TextDocument): Promise<SecretFile> {
  const format = formatOf(document);
  if (format === undefined) throw unsupportedFile(document);
  const { version } = document;
  const text = document.getText();
  const entries = (await format.load()).parse(text);
  return { document, version, format, text, entries, markers: ciphertextMarkers(document.uri) };
}

/** The document of the active editor. Throws NO_VALUE_HERE when no file is open. */
export function activeDocument(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined) return document;
  throw new KmsExplorerError(
    'NO_VALUE_HERE',
    vscode.l10n.t('No file is open. Open one and put the cursor on a value, then run the command again.'),
  );
}

/** The format of a document, by its file name and language. */
export function formatOf(document: vscode.TextDocument): FileFormat | undefined {
  return formatFor(fileNameOf(document), document.languageId);
}

/** Without folders. */
export function fileNameOf({ uri }: vscode.TextDocument): string {
  return uri.path.split('/').at(-1) ?? '';
}

/** Names a value in messages. */
export function locate(document: vscode.TextDocument, entry: ValueEntry): LocatedValue {
  const line = document.positionAt(entry.valueRange.offset).line + 1;
  const name = entry.keyPath.join('.') || vscode.l10n.t('the document');
  return { entry, place: vscode.l10n.t('The value of {0} on line {1}', name, line) };
}

function unsupportedFile(document: vscode.TextDocument): KmsExplorerError {
  const names = fileFormats.map(({ name }) => name).join(', ');
  return new KmsExplorerError(
    'UNSUPPORTED_FILE',
    vscode.l10n.t(
      'Values are found in files of these formats: {0}. {1} is none of them; select the text and use "KMS: Encrypt Selection" or "KMS: Decrypt Selection".',
      names,
      fileNameOf(document),
    ),
  );
}
