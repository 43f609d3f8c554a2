import * as vscode from 'vscode';
import { suspects } from '../../../core/secrets/detect/suspects.ts';
import { readSetting } from '../../shared/readSetting.ts';
import { ciphertextMarkers } from '../../shared/secrets/ciphertextMarkers.ts';
import { fileNameOf } from '../values/secretFile.ts';
import { hasOwnTab } from './ownEditors.ts';
import { entriesOf, fileSchemes, secretFileSelector } from './parsedDocument.ts';

/** Names the diagnostics of this kind, so that the quick fixes find them. */
export const diagnosticSource = 'KMS';
export const diagnosticCode = 'plaintext-secret';

/** Changes that come quickly are looked at once, this many milliseconds after the last one. */
const pause = 400;

/**
 * Points out values in plaintext that surely are secrets, in files that are open in an editor of their own: not in
 * versions of source control, nor in comparisons. KMS is not asked.
 */
export class SecretDiagnostics implements vscode.Disposable {
  readonly #found = vscode.languages.createDiagnosticCollection('kmsExplorer');
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      this.#found,
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.#schedule(document);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.#schedule(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#found.delete(uri);
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ opened, closed }) => {
        if (opened.length + closed.length > 0) this.#scheduleAll();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kmsExplorer')) this.#scheduleAll();
      }),
    );
    this.#scheduleAll();
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
  }

  #scheduleAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#schedule(document);
  }

  #schedule(document: vscode.TextDocument): void {
    if (!fileSchemes.includes(document.uri.scheme) || vscode.languages.match(secretFileSelector, document) === 0) return;
    const key = document.uri.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.set(key, setTimeout(() => {
      this.#waiting.delete(key);
      void this.#look(document);
    }, pause));
  }

  async #look(document: vscode.TextDocument): Promise<void> {
    const isWanted = () => !document.isClosed && readSetting('kmsExplorer.diagnostics.enabled', document.uri) && hasOwnTab(document.uri);
    const { version } = document;
    const entries = isWanted() ? await entriesOf(document) : [];
    // It is looked at again after the change, or the closing, that happened meanwhile.
    if (document.version !== version || document.isClosed) return;
    const found = suspects(entries, fileNameOf(document), ciphertextMarkers(document.uri)).filter(({ confidence }) => confidence === 'high');
    this.#found.set(document.uri, found.map(({ entry: { valueRange }, reason }) => {
      const range = new vscode.Range(document.positionAt(valueRange.offset), document.positionAt(valueRange.offset + valueRange.length));
      const diagnostic = new vscode.Diagnostic(range, vscode.l10n.t('This looks like a secret in plaintext. {0}', reason), vscode.DiagnosticSeverity.Information);
      diagnostic.source = diagnosticSource;
      diagnostic.code = diagnosticCode;
      return diagnostic;
    }));
  }
}
