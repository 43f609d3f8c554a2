import * as vscode from 'vscode';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import { describeToken } from '../../../core/secrets/tokens/describeToken.ts';
import { readSetting } from '../../shared/readSetting.ts';
import { ciphertextMarkers } from '../../shared/secrets/ciphertextMarkers.ts';
import { learnedKey } from '../../shared/secrets/learnedKeys.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { isSopsDocument } from '../sops/sopsDocument.ts';
import { fileNameOf } from '../values/secretFile.ts';
import { keyArnsIn } from './encryptedLines.ts';
import { hasOwnTab } from './ownEditors.ts';
import { entriesOf, secretFileSelector } from './parsedDocument.ts';

/**
 * Names the key behind an encrypted value, and in a SOPS file behind the ARNs of its keys, where the name is known
 * already: from a key list that is loaded, or a value of the same key that was decrypted before. KMS is not asked.
 */
export class KeyHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #parts: SecretParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(parts: SecretParts) {
    this.#parts = parts;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.languages.registerInlayHintsProvider(secretFileSelector, this),
      // More keys may be known by now.
      vscode.window.onDidChangeActiveTextEditor(() => { this.#changed.fire(); }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kmsExplorer.keyHints.enabled')) this.#changed.fire();
      }),
    );
  }

  async provideInlayHints(document: vscode.TextDocument, range: vscode.Range, token: vscode.CancellationToken): Promise<vscode.InlayHint[]> {
    if (!readSetting('kmsExplorer.keyHints.enabled', document.uri) || !hasOwnTab(document.uri)) return [];
    if (isSopsDocument(document)) return this.#hintsOfArns(document, range);
    const entries = await entriesOf(document);
    if (token.isCancellationRequested) return [];
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    const fileName = fileNameOf(document);
    return entries.flatMap(({ value, keyPath, valueRange: { offset, length } }) => {
      if (offset + length < start || offset > end) return [];
      const description = describeToken(value, { fileName, keyPath }, ciphertextMarkers(document.uri));
      const arn = description && (learnedKey(this.#parts.state, description.ciphertext?.keyHash) ?? description.keys[0]?.keyId);
      return arn === undefined ? [] : this.#hint(document.positionAt(offset + length), arn);
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #hintsOfArns(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const start = document.offsetAt(range.start);
    return keyArnsIn(document.getText(range)).flatMap(({ arn, end }) => this.#hint(document.positionAt(start + end), arn));
  }

  /** A key without an alias has no name that says more than the ARN. */
  #hint(position: vscode.Position, arn: string): vscode.InlayHint[] {
    const known = this.#parts.catalog.knownKey(arn);
    if (known?.aliasName === undefined) return [];
    const hint = new vscode.InlayHint(position, keyLabel(known));
    hint.paddingLeft = true;
    hint.tooltip = vscode.l10n.t('Encrypted under the KMS key {0}', arn);
    return [hint];
  }
}
