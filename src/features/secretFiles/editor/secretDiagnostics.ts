import * as vscode from 'vscode';
import type { ValueEntry } from '../../../core/secrets/codec.ts';
import { suspects } from '../../../core/secrets/detect/suspects.ts';
import { readSetting } from '../../shared/readSetting.ts';
import { ciphertextMarkers } from '../../shared/secrets/ciphertextMarkers.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { fileNameOf } from '../values/secretFile.ts';
import { keyTroubles, troubleMessage } from './keyTroubles.ts';
import { hasOwnTab } from './ownEditors.ts';
import { entriesOf, fileSchemes, secretFileSelector } from './parsedDocument.ts';

/** Names the diagnostics of this kind, so that the quick fixes find them. */
export const diagnosticSource = 'KMS';
export const diagnosticCode = 'plaintext-secret';

/** Changes that come quickly are looked at once, this many milliseconds after the last one. */
const pause = 400;
/** A file that takes long to parse rests longer, so that whoever types in it is seldom kept waiting: so many times what it took last. */
const rests = 10;

/**
 * Points out values in plaintext that surely are secrets, and values whose key is disabled, pending deletion or gone, in
 * files that are open in an editor of their own: not in versions of source control, nor in comparisons. KMS is not asked.
 */
export class SecretDiagnostics implements vscode.Disposable {
  readonly #found = vscode.languages.createDiagnosticCollection('kmsExplorer');
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  /** How long looking at a document took last, in milliseconds. */
  readonly #took = new Map<string, number>();
  readonly #subscriptions: vscode.Disposable;
  readonly #parts: SecretParts;

  constructor(parts: SecretParts) {
    this.#parts = parts;
    this.#subscriptions = vscode.Disposable.from(
      this.#found,
      parts.catalog.onDidChange(() => {
        this.#scheduleAll();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.#schedule(document);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.#schedule(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#found.delete(uri);
        this.#took.delete(uri.toString());
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
    }, Math.max(pause, rests * (this.#took.get(key) ?? 0))));
  }

  async #look(document: vscode.TextDocument): Promise<void> {
    const isWanted = () => !document.isClosed && readSetting('kmsExplorer.diagnostics.enabled', document.uri) && hasOwnTab(document.uri);
    const { version } = document;
    const start = performance.now();
    const entries = isWanted() ? await entriesOf(document) : [];
    this.#took.set(document.uri.toString(), performance.now() - start);
    // It is looked at again after the change, or the closing, that happened meanwhile.
    if (document.version !== version || document.isClosed) return;
    const found = suspects(entries, fileNameOf(document), ciphertextMarkers(document.uri)).filter(({ confidence }) => confidence === 'high');
    const plain = found.map(({ entry, reason }) =>
      diagnosticAt(document, entry, diagnosticCode, vscode.l10n.t('This looks like a secret in plaintext. {0}', reason), vscode.DiagnosticSeverity.Information),
    );
    const troubled = keyTroubles(this.#parts, document, entries).map((trouble) =>
      diagnosticAt(document, trouble.entry, `key-${trouble.kind}`, troubleMessage(trouble), vscode.DiagnosticSeverity.Warning),
    );
    this.#found.set(document.uri, [...plain, ...troubled]);
  }
}

function diagnosticAt(document: vscode.TextDocument, { valueRange: { offset, length } }: ValueEntry, code: string, message: string, severity: vscode.DiagnosticSeverity): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  const diagnostic = new vscode.Diagnostic(range, message, severity);
  diagnostic.source = diagnosticSource;
  diagnostic.code = code;
  return diagnostic;
}
