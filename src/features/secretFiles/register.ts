import * as vscode from 'vscode';
import { registerCommands } from '../shared/commands.ts';
import type { SecretParts } from '../shared/secrets/secretParts.ts';
import { decryptValue } from './decryptValue.ts';
import { encryptValue } from './encryptValue.ts';
import { SecretLenses } from './secretLenses.ts';

/** The commands on single values of configuration files, and the CodeLenses over encrypted ones. */
export function registerSecretFiles(parts: SecretParts): vscode.Disposable {
  return vscode.Disposable.from(
    new SecretLenses(),
    registerCommands(
      {
        'kmsExplorer.encryptValue': (position) => encryptValue(parts, position),
        'kmsExplorer.decryptValue': (position) => decryptValue(parts, position),
      },
      parts.log,
    ),
  );
}
