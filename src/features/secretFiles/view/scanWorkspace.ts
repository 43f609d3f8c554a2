import * as vscode from 'vscode';
import { findEncrypted, mayHoldEncrypted } from '../../../core/secrets/detect/findEncrypted.ts';
import { fileFormats, formatFor } from '../../../core/secrets/fileFormats.ts';
import { ciphertextMarkers } from '../../shared/secrets/ciphertextMarkers.ts';
import type { FoundSecret } from '../../shared/secrets/keyUses.ts';
import { mapConcurrently } from '../../shared/secrets/mapConcurrently.ts';

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

/** Whether a scan of the workspace reads this file. */
export async function isScanned(uri: vscode.Uri): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const fileName = uri.path.split('/').at(-1) ?? '';
  if (folder === undefined || formatFor(fileName, '') === undefined) return false;
  const inFolder = vscode.workspace.asRelativePath(uri, false).replaceAll(/[[\]{}*?]/g, '[$&]');
  return (await vscode.workspace.findFiles(new vscode.RelativePattern(folder, inFolder), excluded(), 1)).length > 0;
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
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: lineBreak }) => index + lineBreak.length)];
  return findEncrypted(text, entries, fileName, ciphertextMarkers(uri)).map((place) => ({ ...place, uri, ...positionOf(starts, place.offset) }));
}

/** By the offsets at which lines start, which are halved until one line is left: a file may have thousands of values. */
function positionOf(starts: readonly number[], offset: number): { readonly line: number; readonly character: number } {
  let [first, last] = [0, starts.length - 1];
  while (first < last) {
    const middle = Math.ceil((first + last) / 2);
    if ((starts[middle] ?? 0) <= offset) first = middle;
    else last = middle - 1;
  }
  return { line: first, character: offset - (starts[first] ?? 0) };
}

/** The files that the user hides in the explorer or in searches, as one glob. */
function excluded(): string | undefined {
  const { files, search } = { files: vscode.workspace.getConfiguration('files'), search: vscode.workspace.getConfiguration('search') };
  const globs = [files, search].flatMap((section) => Object.entries(section.get<Record<string, unknown>>('exclude', {})));
  const active = globs.filter(([, isOn]) => isOn === true).map(([glob]) => glob);
  return active.length === 0 ? undefined : `{${active.join(',')}}`;
}
