import * as vscode from 'vscode';
import { ciphertextScheme, plaintextScheme } from '../../contributions.ts';
import { registerCommands, type CommandTable } from '../shared/commands.ts';
import type { SecretParts } from '../shared/secrets/secretParts.ts';
import { copyDecrypted, makeSecretClipboard, type SecretClipboard } from './commands/copyDecrypted.ts';
import { decryptAllValues, decryptValue } from './commands/decryptValue.ts';
import { editValue } from './commands/editValue.ts';
import { encryptDetected, encryptSelectedValues, encryptUnderKey } from './commands/encryptMany.ts';
import { encryptValue, encryptValueAsMessage } from './commands/encryptValue.ts';
import { inspectCiphertext } from './commands/inspectCiphertext.ts';
import { moveToOtherKey } from './commands/moveToOtherKey.ts';
import { peekDecrypted } from './commands/peekDecrypted.ts';
import { reEncryptValue } from './commands/reEncryptValue.ts';
import { compareDecrypted } from './compare/compareDecrypted.ts';
import { DecryptedEditorProvider } from './decryptedEditor/decryptedEditorProvider.ts';
import { editDecrypted } from './decryptedEditor/editDecrypted.ts';
import { registerEncryptFixes } from './editor/encryptFixes.ts';
import { GutterIcons } from './editor/gutterIcons.ts';
import { KeyHints } from './editor/keyHints.ts';
import { registerKeyFixes } from './editor/keyFixes.ts';
import { SecretDiagnostics } from './editor/secretDiagnostics.ts';
import { registerSecretHover } from './editor/secretHover.ts';
import { SecretLenses } from './editor/secretLenses.ts';
import { SopsBadges } from './editor/sopsBadges.ts';
import { registerSopsFolding } from './editor/sopsFolding.ts';
import { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import { registerSopsConfigDiagnostics } from './sops/sopsConfigDiagnostics.ts';
import { decryptSopsFile, encryptSopsFile } from './sops/sopsFileCommands.ts';
import { addSopsKey, removeSopsKey, resealSopsFile, rotateSopsDataKey, updateSopsKeys } from './sops/sopsKeyCommands.ts';
import { SecretsView } from './view/secretsView.ts';
import type { WorkspaceSecrets } from './view/workspaceSecrets.ts';

/** The commands on values of configuration files, and what an editor shows over them unasked. */
export function registerSecretFiles(parts: SecretParts, secrets: WorkspaceSecrets, extensionUri: vscode.Uri): vscode.Disposable {
  const plaintexts = new ReadOnlyDocuments(plaintextScheme);
  const ciphertexts = new ReadOnlyDocuments(ciphertextScheme);
  const clipboard = makeSecretClipboard();
  return vscode.Disposable.from(
    plaintexts,
    ciphertexts,
    new vscode.Disposable(() => void clipboard.empty()),
    new SecretLenses(),
    registerSecretHover(parts),
    new SecretDiagnostics(parts),
    registerEncryptFixes(),
    registerKeyFixes(parts),
    registerSopsConfigDiagnostics(),
    new GutterIcons(),
    new KeyHints(parts),
    registerSopsFolding(),
    new SopsBadges(),
    new DecryptedEditorProvider(parts, extensionUri),
    new SecretsView(parts, secrets),
    registerCommands({ 'kmsExplorer.scanSecrets': () => secrets.scan() }, parts.log),
    registerCommands(valueCommands(parts, clipboard, ciphertexts), parts.log),
    registerCommands(fileCommands(parts, plaintexts), parts.log),
    registerCommands(sopsCommands(parts), parts.log),
  );
}

function valueCommands(parts: SecretParts, clipboard: SecretClipboard, ciphertexts: ReadOnlyDocuments): CommandTable {
  return {
    'kmsExplorer.encryptValue': (position) => encryptValue(parts, position),
    'kmsExplorer.encryptValueAsMessage': (position) => encryptValueAsMessage(parts, position),
    'kmsExplorer.decryptValue': (position) => decryptValue(parts, position),
    'kmsExplorer.reEncryptValue': (position) => reEncryptValue(parts, position),
    'kmsExplorer.moveToOtherKey': (position, row) => moveToOtherKey(parts, position, row),
    'kmsExplorer.editValue': (position) => editValue(parts, position),
    'kmsExplorer.copyDecryptedValue': (position) => copyDecrypted(parts, position, clipboard),
    'kmsExplorer.inspectCiphertext': (position) => inspectCiphertext(parts, position, ciphertexts),
  };
}

function fileCommands(parts: SecretParts, plaintexts: ReadOnlyDocuments): CommandTable {
  return {
    'kmsExplorer.encryptUnderKey': () => encryptUnderKey(parts),
    'kmsExplorer.encryptSelectedValues': () => encryptSelectedValues(parts),
    'kmsExplorer.encryptDetected': () => encryptDetected(parts),
    'kmsExplorer.decryptAllValues': () => decryptAllValues(parts),
    'kmsExplorer.peekDecrypted': () => peekDecrypted(parts, plaintexts),
    'kmsExplorer.editDecrypted': () => editDecrypted(),
    'kmsExplorer.compareDecrypted': () => compareDecrypted(parts, plaintexts),
  };
}

function sopsCommands(parts: SecretParts): CommandTable {
  return {
    'kmsExplorer.sopsEncryptFile': () => encryptSopsFile(parts),
    'kmsExplorer.sopsDecryptFile': () => decryptSopsFile(parts),
    'kmsExplorer.sopsRotateDataKey': () => rotateSopsDataKey(parts),
    'kmsExplorer.sopsAddKey': () => addSopsKey(parts),
    'kmsExplorer.sopsRemoveKey': () => removeSopsKey(parts),
    'kmsExplorer.sopsUpdateKeys': () => updateSopsKeys(parts),
    'kmsExplorer.sopsReseal': () => resealSopsFile(parts),
  };
}
