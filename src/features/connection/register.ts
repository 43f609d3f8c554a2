import * as vscode from 'vscode';
import { registerCommands } from '../shared/commands.ts';
import { setContextKey } from '../shared/setContextKey.ts';
import { BackendConnection, type ConnectionParts } from './backendConnection.ts';
import { selectBackend } from './selectBackend.ts';
import { selectRegions } from './selectRegions.ts';
import { createStatusBar } from './statusBar.ts';

/** The connection that all features share, its status bar item and its commands. Contacts nothing. */
export function registerConnection(parts: ConnectionParts): { connection: BackendConnection; disposable: vscode.Disposable } {
  const connection = new BackendConnection(parts);
  const showBackend = () => {
    setContextKey('kmsExplorer.backend', connection.backend);
  };
  showBackend();
  const disposable = vscode.Disposable.from(
    connection,
    connection.onDidChange(showBackend),
    createStatusBar(connection, parts.emulator),
    registerCommands(
      {
        'kmsExplorer.selectBackend': () => selectBackend(connection, parts),
        'kmsExplorer.selectRegions': () => selectRegions(connection),
        'kmsExplorer.showLog': () => {
          parts.log.show();
        },
      },
      parts.log,
    ),
  );
  return { connection, disposable };
}
