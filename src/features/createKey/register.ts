import * as vscode from 'vscode';
import { registerCommands } from '../shared/commands.ts';
import { CreateKeyPanel, type CreateKeyDeps } from './createKeyPanel.ts';

/** The advisor that creates keys: one panel, shown again when it is asked for again. */
export function registerCreateKey(deps: CreateKeyDeps): vscode.Disposable {
  let panel: CreateKeyPanel | undefined;
  const commands = registerCommands(
    {
      'kmsExplorer.createKey': async () => {
        // Without a backend the user is told what to do about it, instead of being shown an empty panel.
        await deps.connection.keyService();
        if (panel !== undefined) panel.reveal();
        else {
          panel = new CreateKeyPanel(deps, () => {
            panel = undefined;
          });
        }
      },
    },
    deps.log,
  );
  return new vscode.Disposable(() => {
    commands.dispose();
    panel?.dispose();
  });
}
