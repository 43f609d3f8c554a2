import * as vscode from 'vscode';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';
import type { PolicyDraft } from '../../protocol/keyPanel.ts';
import { registerCommands } from '../shared/commands.ts';
import { KeyPanel, panelName, type KeyPanelDeps } from './keyPanel.ts';

export interface KeyPanelFeatureDeps extends KeyPanelDeps {
  /** Asks the user for a key; undefined when they change their mind. */
  readonly pickKey: () => Promise<KeyTarget | undefined>;
  readonly onOpened: (key: KeyTarget) => Promise<void>;
}

/** Opens keys in panels of their own: one panel for each key, shown again when the key is opened again. */
export function registerKeyPanel(deps: KeyPanelFeatureDeps): vscode.Disposable {
  const panels = new Map<string, KeyPanel>();
  let ending = false;

  const open = (key: KeyTarget, draft: PolicyDraft | null): void => {
    const opened = panels.get(key.arn);
    if (opened !== undefined) {
      opened.reveal();
      return;
    }
    const panel = new KeyPanel(key, deps, draft, (unsaved) => {
      panels.delete(key.arn);
      if (unsaved !== null && !ending) void offerUnsaved(key, unsaved);
    });
    panels.set(key.arn, panel);
  };

  /** VS Code cannot keep a webview from closing, so an edit that was not saved is offered once more. */
  const offerUnsaved = async (key: KeyTarget, draft: PolicyDraft): Promise<void> => {
    const reopen = vscode.l10n.t('Reopen');
    const message = vscode.l10n.t('The key policy of {0} was edited and not saved.', panelName(key));
    if ((await vscode.window.showWarningMessage(message, reopen)) === reopen) open(key, draft);
  };

  const commands = registerCommands(
    {
      'kmsExplorer.openKey': async (row) => {
        const key = row?.key ?? (await deps.pickKey());
        if (key === undefined) return;
        open(key, null);
        await deps.onOpened(key);
      },
    },
    deps.log,
  );
  return new vscode.Disposable(() => {
    ending = true;
    commands.dispose();
    for (const panel of [...panels.values()]) panel.dispose();
  });
}
