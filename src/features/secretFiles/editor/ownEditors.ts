import * as vscode from 'vscode';

/** Whether a document is open in an editor of its own, and not in comparisons alone. */
export function hasOwnTab(uri: vscode.Uri): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}

/** Whether an editor is a tab by itself, and not a side of a comparison. */
export function isOwnEditor({ viewColumn, document }: vscode.TextEditor): boolean {
  const input = vscode.window.tabGroups.all.find((group) => group.viewColumn === viewColumn)?.activeTab?.input;
  return input instanceof vscode.TabInputText && input.uri.toString() === document.uri.toString();
}
