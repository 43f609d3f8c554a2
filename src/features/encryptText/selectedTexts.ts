import * as vscode from 'vscode';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';

/** What is selected in the active editor, at one version of its document. */
export interface SelectedTexts {
  readonly document: vscode.TextDocument;
  readonly version: number;
  /** In the order of the text; never empty. */
  readonly selections: readonly SelectedText[];
}

export interface SelectedText {
  readonly offset: number;
  readonly text: string;
  readonly place: string;
}

/** Throws NOTHING_SELECTED when no editor is active or all its selections are empty. */
export function selectedTexts(): SelectedTexts {
  const editor = vscode.window.activeTextEditor;
  const selections = (editor?.selections ?? []).filter((selection) => !selection.isEmpty);
  if (editor === undefined || selections.length === 0) {
    throw new KmsExplorerError(
      'NOTHING_SELECTED',
      vscode.l10n.t('Nothing is selected. Select the text in an editor, then run the command again.'),
    );
  }
  const { document } = editor;
  const ordered = [...selections].sort((a, b) => a.start.compareTo(b.start));
  return {
    document,
    version: document.version,
    selections: ordered.map((selection) => ({
      offset: document.offsetAt(selection.start),
      text: document.getText(selection),
      place: vscode.l10n.t('The selection on line {0}', selection.start.line + 1),
    })),
  };
}
