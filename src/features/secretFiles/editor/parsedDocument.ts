import type * as vscode from 'vscode';
import type { DocumentPosition } from '../../../contributions.ts';
import type { ValueEntry } from '../../../core/secrets/codec.ts';
import { fileFormats } from '../../../core/secrets/fileFormats.ts';
import { isSopsText } from '../sops/sopsDocument.ts';
import { formatOf } from '../values/secretFile.ts';

/** Documents that are somebody's file. Versions of source control and sides of other tools' comparisons have other schemes. */
export const fileSchemes: readonly string[] = ['file', 'vscode-remote', 'untitled'];

/** The documents whose values an editor explains unasked. */
export const secretFileSelector: vscode.DocumentFilter[] = fileSchemes.flatMap((scheme) =>
  fileFormats.flatMap(({ glob, languageIds }) => [{ scheme, pattern: glob }, ...languageIds.map((language) => ({ scheme, language }))]),
);

/** Above this many characters a file is not parsed unasked; the commands still work on it. */
const longestText = 500_000;
/** The same for what is done on every change of a file of SOPS, which gains little by it: parsing takes up to 20 ms. */
const longestTypedSops = 100_000;

interface Parsed {
  readonly version: number;
  readonly entries: Promise<readonly ValueEntry[]>;
}

/** The last version of each document that was parsed, so that lenses, hovers and diagnostics share it. */
const parsed = new WeakMap<vscode.TextDocument, Parsed>();

/** The values of a document on every change of it; none when it cannot be read, as while it is being typed, or is too long to be read unasked. */
export function entriesOf(document: vscode.TextDocument): Promise<readonly ValueEntry[]> {
  const text = document.getText();
  return isSopsText(text) && text.length > longestTypedSops ? Promise.resolve([]) : entriesOnDemand(document);
}

/** The same when the user points at a place, which happens less often. */
export function entriesOnDemand(document: vscode.TextDocument): Promise<readonly ValueEntry[]> {
  const known = parsed.get(document);
  if (known?.version === document.version) return known.entries;
  const entries = parse(document);
  parsed.set(document, { version: document.version, entries });
  return entries;
}

async function parse(document: vscode.TextDocument): Promise<readonly ValueEntry[]> {
  const text = document.getText();
  const format = formatOf(document);
  if (format === undefined || text.length > longestText) return [];
  try {
    return (await format.load()).parse(text);
  } catch {
    return [];
  }
}

/** A place in a document as the commands take it. */
export function positionIn({ uri }: vscode.TextDocument, { line, character }: vscode.Position): DocumentPosition {
  return { uri: uri.toString(), line, character };
}
