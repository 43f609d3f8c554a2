import type * as vscode from 'vscode';
import { registerCommands } from '../shared/commands.ts';
import type { SecretParts } from '../shared/secrets/secretParts.ts';
import { decryptSelection } from './decryptSelection.ts';
import { encryptSelection } from './encryptSelection.ts';

/** The commands that encrypt and decrypt what is selected, in any editor. */
export function registerEncryptText(parts: SecretParts): vscode.Disposable {
  return registerCommands(
    {
      'kmsExplorer.encryptSelection': () => encryptSelection(parts),
      'kmsExplorer.encryptSelectionAsMessage': () => encryptSelection(parts, { messages: 'always' }),
      'kmsExplorer.decryptSelection': () => decryptSelection(parts),
    },
    parts.log,
  );
}
