import * as vscode from 'vscode';
import { commandLink } from '../../shared/commands.ts';
import { positionIn, secretFileSelector } from './parsedDocument.ts';
import { diagnosticCode, diagnosticSource } from './secretDiagnostics.ts';

/** The quick fixes of secrets in plaintext: encrypt this one, or choose among all of the file. */
export function registerEncryptFixes(): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, _range, { diagnostics }) =>
      diagnostics
        .filter(({ source, code }) => source === diagnosticSource && code === diagnosticCode)
        .flatMap((diagnostic) => [
          fixOf(diagnostic, commandLink(vscode.l10n.t('Encrypt with KMS'), 'kmsExplorer.encryptValue', positionIn(document, diagnostic.range.start)), true),
          fixOf(diagnostic, commandLink(vscode.l10n.t('Encrypt all detected secrets with KMS'), 'kmsExplorer.encryptDetected'), false),
        ]),
  };
  return vscode.languages.registerCodeActionsProvider(secretFileSelector, provider, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] });
}

export function fixOf(diagnostic: vscode.Diagnostic, command: vscode.Command, isPreferred: boolean): vscode.CodeAction {
  const fix = new vscode.CodeAction(command.title, vscode.CodeActionKind.QuickFix);
  fix.command = command;
  fix.diagnostics = [diagnostic];
  fix.isPreferred = isPreferred;
  return fix;
}
