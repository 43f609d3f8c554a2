import * as vscode from 'vscode';
import type { ContextKeyTypes } from '../../contributions.ts';

/** Sets a context key that menus and welcome views of package.json ask for. */
export function setContextKey<Key extends keyof ContextKeyTypes>(key: Key, value: ContextKeyTypes[Key]): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
