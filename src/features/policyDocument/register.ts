import * as vscode from 'vscode';
import { policyDocumentScheme, policyScheme } from '../../contributions.ts';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import { keyLabel } from '../../core/kms/keyLabels.ts';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';
import { registerCommands, runCommand } from '../shared/commands.ts';
import type { Connection } from '../shared/connection.ts';
import type { Log } from '../shared/log.ts';
import { AnalyzerAnswers } from './analyzerAnswers.ts';
import { ChosenPolicies } from './found/chosenPolicies.ts';
import { LivePolicies } from './livePolicies.ts';
import { registerPolicyDiagnostics } from './policyDiagnostics.ts';
import { PolicyFileSystem } from './policyFileSystem.ts';
import { policyEngine } from './policyEngine.ts';
import { policySelector, rangeOf, registerPolicyLanguage } from './policyLanguage.ts';
import { keyOfPolicyUri, policyFileEnding, policyName, policyUri } from './policyUri.ts';

export interface PolicyDocumentDeps {
  readonly connection: Connection;
  readonly log: Log;
  /** Asks the user for a key; undefined when they change their mind. */
  readonly pickKey: (title: string) => Promise<KeyTarget | undefined>;
}

/** Key policies as documents of VS Code's own editor. KMS is asked when one is opened. */
export function registerPolicyDocument(deps: PolicyDocumentDeps): vscode.Disposable {
  const { connection, log, pickKey } = deps;
  const live = new LivePolicies(connection);
  const files = new PolicyFileSystem({ connection, log, questions: { confirm, confirmByName }, onConflict: offerComparison, now: Date.now });
  const facts = (uri: vscode.Uri) => files.facts(uri);
  const askPrincipals = (uri: vscode.Uri) => files.askPrincipals(uri);
  const chosen = new ChosenPolicies((selector) => registerPolicyLanguage(selector, facts, askPrincipals));
  const answers = new AnalyzerAnswers(connection);
  return vscode.Disposable.from(
    live,
    answers,
    files,
    vscode.workspace.registerFileSystemProvider(policyDocumentScheme, files, { isCaseSensitive: true }),
    vscode.workspace.registerTextDocumentContentProvider(policyScheme, live),
    vscode.workspace.onWillSaveTextDocument(({ document: { uri }, reason }) => {
      if (uri.scheme === policyDocumentScheme) files.willSave(uri, reason);
    }),
    chosen,
    registerPolicyLanguage(policySelector, facts, askPrincipals),
    registerPolicyDiagnostics({ facts, answers, isChosen: (uri) => chosen.has(uri), news: [files.onDidRead, chosen.onDidChoose, answers.onDidAnswer] }),
    registerCommands(
      {
        'kmsExplorer.openKeyPolicy': async (row) => {
          const key = row?.key ?? (await pickKey(vscode.l10n.t('KMS: Open Key Policy as Document')));
          if (key === undefined) return;
          const editor = await vscode.window.showTextDocument(policyUri(key), { preview: false });
          if (row?.statement !== undefined) await selectStatement(editor, row.statement);
        },
        'kmsExplorer.analyzeKeyPolicy': async () => {
          const document = vscode.window.activeTextEditor?.document;
          if (document === undefined || !(chosen.has(document.uri) || vscode.languages.match(policySelector, document) > 0)) throw noPolicyInFront();
          await answers.ask(document);
        },
        'kmsExplorer.findKeyPolicies': () => chosen.find(),
        'kmsExplorer.compareKeyPolicy': async () => {
          await compare(live, files, pickKey);
        },
      },
      log,
    ),
  );
}

/** Selects a statement, counted from zero, where the policy still has it. */
async function selectStatement(editor: vscode.TextEditor, index: number): Promise<void> {
  const { document } = editor;
  const { parsePolicy } = await policyEngine();
  const statement = parsePolicy(document.getText()).statements[index];
  if (statement === undefined) return;
  const range = rangeOf(document, statement);
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function confirm(message: string, detail: string, button: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, button)) === button;
}

async function confirmByName(message: string, name: string): Promise<boolean> {
  const typed = await vscode.window.showInputBox({ title: vscode.l10n.t('KMS: Save Key Policy'), prompt: message, placeHolder: name, ignoreFocusOut: true });
  return typed === name;
}

/** Shows the live policy beside the document in front: the one of its key, or of a key that the user picks for a file. */
async function compare(live: LivePolicies, files: PolicyFileSystem, pickKey: PolicyDocumentDeps['pickKey']): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.path.endsWith(policyFileEnding) !== true || document.uri.scheme === policyScheme) {
    throw noPolicyInFront();
  }
  const ofKey = document.uri.scheme === policyDocumentScheme ? keyOfPolicyUri(document.uri) : undefined;
  const key = ofKey ?? (await pickKey(vscode.l10n.t('KMS: Compare Key Policy With Live')));
  if (key === undefined) return;
  const { stored, uri } = await live.read(key);
  const name = ofKey === undefined ? keyLabel(key) : policyName(document.uri);
  await vscode.commands.executeCommand('vscode.diff', uri, document.uri, vscode.l10n.t('{0}: live policy and yours', name));
  // What the user sees now is what a save may replace.
  if (ofKey !== undefined) files.rebase(document.uri, stored);
}

function noPolicyInFront(): KmsExplorerError {
  return new KmsExplorerError('UNSUPPORTED_FILE', vscode.l10n.t('Open a key policy first: as a document of a key, or a file whose name ends in {0}.', policyFileEnding));
}

function offerComparison(uri: vscode.Uri): void {
  const button = vscode.l10n.t('Compare With Live');
  const message = vscode.l10n.t('The key policy of {0} was changed by someone else since you opened it.', policyName(uri));
  void vscode.window.showWarningMessage(message, button).then(async (picked) => {
    if (picked !== button) return;
    await vscode.window.showTextDocument(uri);
    await runCommand('kmsExplorer.compareKeyPolicy');
  });
}
