import * as vscode from 'vscode';
import type { Diagnostic, Severity } from '../../core/policy/lint/diagnostic.ts';
import type { AnalyzerAnswers } from './analyzerAnswers.ts';
import { policyEngine } from './policyEngine.ts';
import { policiesOf, policySelector, rangeOf, type FactsOf } from './policyLanguage.ts';

/** How long typing rests before the policy is looked at, in milliseconds. */
const lintDelay = 150;

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

export interface PolicyDiagnosticsParts {
  readonly facts: FactsOf;
  /** What IAM Access Analyzer said about a document. */
  readonly answers: Pick<AnalyzerAnswers, 'of'>;
  /** Whether the user called the file a key policy. */
  readonly isChosen: (uri: vscode.Uri) => boolean;
  /** Each fires when more is known of a policy, or that it is one. */
  readonly news: readonly vscode.Event<vscode.Uri>[];
}

/** Keeps the problems of open key policies in VS Code's Problems up to date. */
export function registerPolicyDiagnostics({ facts, answers, isChosen, news }: PolicyDiagnosticsParts): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('kms-policy');
  const waiting = new Map<string, NodeJS.Timeout>();
  const lint = async (document: vscode.TextDocument): Promise<void> => {
    if (vscode.languages.match(policySelector, document) === 0 && !isChosen(document.uri)) return;
    const { lintPart } = await policyEngine();
    const parts = await policiesOf(document);
    if (document.isClosed) return;
    const found = [...parts.flatMap((part) => lintPart(part, facts(document.uri))), ...answers.of(document)];
    collection.set(document.uri, found.map((each) => toVscode(document, each)));
  };
  const lintSoon = (document: vscode.TextDocument): void => {
    const name = document.uri.toString();
    clearTimeout(waiting.get(name));
    waiting.set(name, setTimeout(() => {
      waiting.delete(name);
      void lint(document);
    }, lintDelay));
  };
  vscode.workspace.textDocuments.forEach((document) => void lint(document));
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument((document) => void lint(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      lintSoon(document);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      collection.delete(uri);
    }),
    ...news.map((onNews) =>
      onNews((uri) => {
        const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
        if (document !== undefined) lintSoon(document);
      }),
    ),
    new vscode.Disposable(() => {
      waiting.forEach(clearTimeout);
    }),
  );
}

function toVscode(document: vscode.TextDocument, { code, severity, message, link, ...span }: Diagnostic): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(document, span), message, severities[severity]);
  diagnostic.source = 'KMS';
  diagnostic.code = { value: code, target: vscode.Uri.parse(link) };
  return diagnostic;
}
