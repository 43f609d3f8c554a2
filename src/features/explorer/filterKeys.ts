import * as vscode from 'vscode';
import type { SharedKeyCatalog } from '../shared/sharedKeyCatalog.ts';
import type { KeysView } from './tree/keysView.ts';

/** Filters the view as the user types, over all chosen Regions. Escape brings the former filter back. */
export async function filterKeys(view: KeysView, catalog: SharedKeyCatalog): Promise<void> {
  const former = view.filter;
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('KMS: Filter Keys');
  input.placeholder = vscode.l10n.t('Words, or terms such as state:disabled spec:rsa tag:team=orders -region:eu');
  input.value = former;
  input.show();
  // What is not loaded yet is part of the answer; the view redraws while it comes in.
  void catalog.allKeys(new AbortController().signal).catch(() => undefined);
  const accepted = await new Promise<boolean>((resolve) => {
    input.onDidChangeValue((value) => {
      view.setFilter(value);
    });
    input.onDidAccept(() => {
      resolve(true);
    });
    input.onDidHide(() => {
      resolve(false);
    });
  });
  view.setFilter(accepted ? input.value : former);
  input.dispose();
}
