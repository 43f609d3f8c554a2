import * as vscode from 'vscode';
import { fileSchemes } from '../editor/parsedDocument.ts';
import { fileNameOf } from '../values/secretFile.ts';
import { sopsConfigName } from './findSopsConfig.ts';
import { loadSops } from './sopsDocument.ts';

/** Shows what SOPS would refuse in an open `.sops.yaml`, when it is opened and when it is saved. */
export function registerSopsConfigDiagnostics(): vscode.Disposable {
  const found = vscode.languages.createDiagnosticCollection('kmsExplorer.sops');
  const look = async (document: vscode.TextDocument): Promise<void> => {
    if (fileNameOf(document) !== sopsConfigName || !fileSchemes.includes(document.uri.scheme)) return;
    const { version } = document;
    const problems = await (await loadSops()).configProblems(document.getText());
    if (document.version !== version || document.isClosed) return;
    found.set(document.uri, problems.map(({ line, message }) => {
      const { range } = document.lineAt(Math.min(line, document.lineCount) - 1);
      const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
      diagnostic.source = 'SOPS';
      return diagnostic;
    }));
  };
  const lookAt = (document: vscode.TextDocument) => void look(document);
  vscode.workspace.textDocuments.forEach(lookAt);
  return vscode.Disposable.from(
    found,
    vscode.workspace.onDidOpenTextDocument(lookAt),
    vscode.workspace.onDidSaveTextDocument(lookAt),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      found.delete(uri);
    }),
  );
}
