import * as vscode from 'vscode';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { Diagnostic } from '../../core/policy/lint/diagnostic.ts';
import type { Connection } from '../shared/connection.ts';
import { withProgress } from '../shared/withProgress.ts';
import { policyEngine } from './policyEngine.ts';
import { policiesOf } from './policyLanguage.ts';
import { keyOfPolicyUri, policyFileEnding } from './policyUri.ts';

/** What IAM Access Analyzer said about policies that are open. An answer is about one text, and goes with it. */
export class AnalyzerAnswers implements vscode.Disposable {
  readonly #connection: Pick<Connection, 'keyService'>;
  readonly #answers = new Map<string, { readonly text: string; readonly diagnostics: readonly Diagnostic[] }>();
  readonly #answered = new vscode.EventEmitter<vscode.Uri>();
  readonly #closing: vscode.Disposable;
  /** Fires when more was said about a policy. */
  readonly onDidAnswer = this.#answered.event;

  constructor(connection: Pick<Connection, 'keyService'>) {
    this.#connection = connection;
    this.#closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#answers.delete(uri.toString()));
  }

  /** What was said about the text that a document has now. */
  of(document: vscode.TextDocument): readonly Diagnostic[] {
    const answer = this.#answers.get(document.uri.toString());
    return answer?.text === document.getText() ? answer.diagnostics : [];
  }

  /**
   * Asks for both checks, in the Region of the key or in the backend's own for a file. What one of them said is kept
   * when the other fails. Rejects as the service does, and with UNSUPPORTED_FILE for a text that is no policy.
   */
  async ask(document: vscode.TextDocument): Promise<void> {
    const text = document.getText();
    const { findingDiagnostics, isBlocking, lintPolicy, publicAccessDiagnostics } = await policyEngine();
    if (lintPolicy(text).some(isBlocking)) throw new KmsExplorerError('UNSUPPORTED_FILE', vscode.l10n.t('The text is no policy yet, so IAM Access Analyzer was not asked. See its first error in the Problems view.'));
    const [whole] = await policiesOf(document);
    if (whole?.text !== text) throw new KmsExplorerError('UNSUPPORTED_FILE', vscode.l10n.t('IAM Access Analyzer was not asked: it takes a key policy on its own, and this file holds more. Copy the policy into a file whose name ends in {0}.', policyFileEnding));
    const service = await this.#connection.keyService();
    const region = keyOfPolicyUri(document.uri)?.region ?? service.region;
    const [findings, publicAccess] = await withProgress(vscode.l10n.t('Asking IAM Access Analyzer'), (signal) =>
      Promise.allSettled([service.validatePolicy(text, region, signal), service.checkNoPublicAccess(text, region, signal)]),
    );
    const diagnostics = [
      ...(findings.status === 'fulfilled' ? findingDiagnostics(text, findings.value) : []),
      ...(publicAccess.status === 'fulfilled' ? publicAccessDiagnostics(text, publicAccess.value) : []),
    ];
    this.#answers.set(document.uri.toString(), { text, diagnostics });
    this.#answered.fire(document.uri);
    if (findings.status === 'rejected') throw findings.reason;
    if (publicAccess.status === 'rejected') throw publicAccess.reason;
    tellOutcome(diagnostics.length, publicAccess.value.isPublic);
  }

  dispose(): void {
    this.#closing.dispose();
    this.#answered.dispose();
  }
}

function tellOutcome(count: number, isPublic: boolean): void {
  const access = isPublic ? vscode.l10n.t('The policy can give the public access to the key.') : vscode.l10n.t('The policy gives the public no access.');
  const found = count === 0 ? vscode.l10n.t('IAM Access Analyzer found nothing to change.') : vscode.l10n.t('What IAM Access Analyzer found is in the Problems view.');
  void vscode.window.showInformationMessage(`${found} ${access}`);
}
