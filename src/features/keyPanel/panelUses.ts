import * as vscode from 'vscode';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';
import type { UsesAnswer } from '../../protocol/keyPanel.ts';
import type { FoundSecret, KeyUses } from '../shared/secrets/keyUses.ts';

/** Where the key of a panel is used in the workspace. */
export interface PanelUses {
  list(): UsesAnswer;
  /** Reads the workspace anew, which the user can end. */
  scan(): Promise<void>;
  /** Opens a value by its place in the list that was given last; nothing when there is none. */
  open(index: number): Promise<void>;
}

export function panelUses(key: KeyTarget, keyUses: KeyUses): PanelUses {
  let listed: readonly FoundSecret[] = [];
  return {
    list() {
      const found = keyUses.usesOf([key]);
      if (found === undefined) return { read: false };
      listed = found.uses;
      const uses = listed.map(({ uri, keyPath, line, format }) => ({
        file: vscode.workspace.asRelativePath(uri),
        line: line + 1,
        name: format === 'sops' ? null : keyPath.join('.'),
      }));
      return { read: true, uses, withOtherKeys: found.withOtherKeys, unnamed: found.unnamed, isComplete: found.isComplete };
    },
    scan: () => keyUses.scan(),
    async open(index) {
      const use = listed[index];
      if (use === undefined) return;
      await vscode.window.showTextDocument(use.uri, { selection: new vscode.Range(use.line, use.character, use.line, use.character) });
    },
  };
}
