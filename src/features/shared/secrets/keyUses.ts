import * as vscode from 'vscode';
import type { KeyTarget } from '../../../core/kms/keyTarget.ts';
import type { EncryptedPlace } from '../../../core/secrets/detect/findEncrypted.ts';
import type { KeyUseReport } from '../../../core/secrets/detect/keyUses.ts';

/** An encrypted value of a file of the workspace. */
export interface FoundSecret extends EncryptedPlace {
  readonly uri: vscode.Uri;
  /** From zero, as in VS Code. */
  readonly line: number;
  readonly character: number;
}

/** The use of keys in the workspace. */
export interface WorkspaceUses extends KeyUseReport<FoundSecret> {
  /** False when the user ended the reading of the workspace before its end. */
  readonly isComplete: boolean;
}

/** Where the keys are used in this workspace, as far as its files were read. KMS is not asked. */
export interface KeyUses {
  readonly onDidChange: vscode.Event<void>;
  /** How many values a key decrypts; undefined before the user had the workspace read. */
  countOf(key: KeyTarget): number | undefined;
  /** Undefined before the user had the workspace read. */
  usesOf(keys: readonly KeyTarget[]): WorkspaceUses | undefined;
  /** Reads the workspace anew, with a notification that can end it. */
  scan(): Promise<void>;
}

/** Few enough to be read in a dialog. */
const namedFiles = 8;

/** What the uses come to, a line each; no line when nothing is used. */
export function usesLines({ uses, withOtherKeys, unnamed, isComplete }: WorkspaceUses): readonly string[] {
  if (uses.length === 0) return [];
  const counts = Map.groupBy(uses, ({ uri }) => vscode.workspace.asRelativePath(uri));
  const files = [...counts].map(([file, values]) => (values.length === 1 ? file : vscode.l10n.t('{0} ({1} values)', file, values.length)));
  const rest = files.length - namedFiles;
  return [
    ...files.slice(0, namedFiles),
    ...(rest > 0 ? [vscode.l10n.t('and {0} more files', rest)] : []),
    ...(withOtherKeys > 0 ? [vscode.l10n.t('{0} of them name other keys as well, which may still decrypt them.', withOtherKeys)] : []),
    ...(unnamed > 0 ? [vscode.l10n.t('The keys of {0} other values are not known.', unnamed)] : []),
    ...(isComplete ? [] : [vscode.l10n.t('The search was ended before all files were read.')]),
  ];
}

/** `3 values in 2 files of this workspace`. */
export function usesCount({ uses }: WorkspaceUses): string {
  const files = new Set(uses.map(({ uri }) => uri.toString())).size;
  const values = uses.length === 1 ? vscode.l10n.t('1 encrypted value') : vscode.l10n.t('{0} encrypted values', uses.length);
  return files === 1 ? vscode.l10n.t('{0} in 1 file of this workspace', values) : vscode.l10n.t('{0} in {1} files of this workspace', values, files);
}
