import * as vscode from 'vscode';
import type { CustomMarker } from '../../../core/secrets/tokens/wrappers.ts';
import { readSetting } from '../readSetting.ts';

/** A marker of the settings, with the files in which values are written with it. */
interface FileMarker extends CustomMarker {
  readonly files: string | undefined;
}

/** The user's own markers of ciphertexts. Entries of the setting that are none are passed over. */
export function ciphertextMarkers(scope: vscode.Uri): readonly CustomMarker[] {
  return fileMarkers(scope);
}

/** The marker that the settings give to values of this document; the first that fits. */
export function markerToWrite(document: vscode.TextDocument): CustomMarker | undefined {
  return fileMarkers(document.uri).find(({ files }) => files !== undefined && vscode.languages.match({ pattern: files }, document) > 0);
}

function fileMarkers(scope: vscode.Uri): readonly FileMarker[] {
  const setting: unknown = readSetting('kmsExplorer.ciphertextMarkers', scope);
  return Array.isArray(setting) ? setting.flatMap((entry: unknown) => readMarker(entry) ?? []) : [];
}

/** Settings are typed by people: anything may stand there. */
function readMarker(entry: unknown): FileMarker | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const text = (name: string): string | undefined => {
    const value: unknown = Reflect.get(entry, name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [prefix = '', suffix = ''] = [text('prefix'), text('suffix')];
  return prefix + suffix === '' ? undefined : { prefix, suffix, files: text('files') };
}
