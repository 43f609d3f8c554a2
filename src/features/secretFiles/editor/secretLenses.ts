import * as vscode from 'vscode';
import { mayHoldCiphertext } from '../../../core/secrets/ciphertextToken.ts';
import type { ValueEntry } from '../../../core/secrets/codec.ts';
import { encryptedValues } from '../../../core/secrets/detect/selectValues.ts';
import { commandLink } from '../../shared/commands.ts';
import { readSetting } from '../../shared/readSetting.ts';
import { ciphertextMarkers } from '../../shared/secrets/ciphertextMarkers.ts';
import { isSopsDocument } from '../sops/sopsDocument.ts';
import { entriesOf, positionIn, secretFileSelector } from './parsedDocument.ts';

/** CodeLenses over the encrypted values of configuration files. KMS is not asked for them. */
export class SecretLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.languages.registerCodeLensProvider(secretFileSelector, this),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kmsExplorer.codeLens.enabled')) this.#changed.fire();
      }),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]> {
    if (!readSetting('kmsExplorer.codeLens.enabled', document.uri)) return [];
    // The one ciphertext of KMS in a file of SOPS is its data key, which is no value of it.
    if (!mayHoldCiphertext(document.getText()) || isSopsDocument(document)) return [];
    const entries = await entriesOf(document);
    if (token.isCancellationRequested) return [];
    return encryptedValues(entries, ciphertextMarkers(document.uri)).flatMap(({ entry }) => lensesOf(document, entry));
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

function lensesOf(document: vscode.TextDocument, { valueRange, keyRange }: ValueEntry): vscode.CodeLens[] {
  const start = document.positionAt((keyRange ?? valueRange).offset);
  const value = document.positionAt(valueRange.offset);
  const position = positionIn(document, value);
  const range = new vscode.Range(start, value);
  return [
    new vscode.CodeLens(range, commandLink(vscode.l10n.t('$(unlock) Decrypt'), 'kmsExplorer.decryptValue', position)),
    new vscode.CodeLens(range, { title: vscode.l10n.t('encrypted with KMS'), command: '' }),
  ];
}
