import * as vscode from 'vscode';
import { findEncrypted, mayHoldEncrypted, type EncryptedPlace } from '../../../core/secrets/detect/findEncrypted.ts';
import { fileFormats, formatFor } from '../../../core/secrets/fileFormats.ts';
import { ciphertextMarkers } from '../../shared/secrets/ciphertextMarkers.ts';
import { mapConcurrently } from '../../shared/secrets/mapConcurrently.ts';

/** An encrypted value of a file of the workspace. */
export interface FoundSecret extends EncryptedPlace {
  readonly uri: vscode.Uri;
  /** From zero, as in VS Code. */
  readonly line: number;
  readonly character: number;
}

/** Files of more bytes are not read; nobody keeps configuration in them. */
const largestFile = 2_000_000;
const filesAtOnce = 8;

/**
 * Reads every file of a known format in the workspace, apart from those that the settings exclude from the explorer and
 * from searches. `onRead` is called after each file. Ends with what was found so far when it is cancelled.
 */
export async function scanWorkspace(token: vscode.CancellationToken, onRead: (done: number, of: number) => void): Promise<ReadonlyMap<string, readonly FoundSecret[]>> {
  const lists = await Promise.all(fileFormats.map(({ glob }) => vscode.workspace.findFiles(glob, excluded(), undefined, token)));
  const uris = [...new Map(lists.flat().map((uri) => [uri.toString(), uri])).values()];
  const found = new Map<string, readonly FoundSecret[]>();
  let done = 0;
  await mapConcurrently(uris, filesAtOnce, async (uri) => {
    if (token.isCancellationRequested) return;
    found.set(uri.toString(), await scanFile(uri));
    done += 1;
    onRead(done, uris.length);
  });
  return found;
}

/** The encrypted values of one file; none when it cannot be read. */
export async function scanFile(uri: vscode.Uri): Promise<readonly FoundSecret[]> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > largestFile) return [];
    return await readFile(uri);
  } catch {
    return [];
  }
}

async function readFile(uri: vscode.Uri): Promise<readonly FoundSecret[]> {
  const fileName = uri.path.split('/').at(-1) ?? '';
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const format = formatFor(fileName, '');
  if (format === undefined || !mayHoldEncrypted(text)) return [];
  const entries = (await format.load()).parse(text);
  return findEncrypted(text, entries, fileName, ciphertextMarkers(uri)).map((place) => ({ ...place, uri, ...positionOf(text, place.offset) }));
}

function positionOf(text: string, offset: number): { readonly line: number; readonly character: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length - 1, character: (before.at(-1) ?? '').length };
}

/** The files that the user hides in the explorer or in searches, as one glob. */
function excluded(): string | undefined {
  const { files, search } = { files: vscode.workspace.getConfiguration('files'), search: vscode.workspace.getConfiguration('search') };
  const globs = [files, search].flatMap((section) => Object.entries(section.get<Record<string, unknown>>('exclude', {})));
  const active = globs.filter(([, isOn]) => isOn === true).map(([glob]) => glob);
  return active.length === 0 ? undefined : `{${active.join(',')}}`;
}
