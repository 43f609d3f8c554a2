import * as vscode from 'vscode';
import { mayHoldCiphertext, recogniseCiphertext } from '../../../core/secrets/ciphertextToken.ts';
import type { ValueEntry } from '../../../core/secrets/codec.ts';
import { fileFormats } from '../../../core/secrets/fileFormats.ts';
import { commandLink } from '../../shared/commands.ts';
import { readSetting } from '../../shared/readSetting.ts';
import { formatOf } from '../values/secretFile.ts';

/** Documents that are somebody's file. Versions of source control and sides of other tools' comparisons have other schemes. */
const schemes = ['file', 'vscode-remote', 'untitled'];

/** Above this many characters a file is not parsed on every change for lenses; the commands still work on it. */
const longestText = 500_000;

/** CodeLenses over the encrypted values of configuration files. KMS is not asked for them. */
export class SecretLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor() {
    const selector = schemes.flatMap((scheme) =>
      fileFormats.flatMap(({ glob, languageIds }) => [
        { scheme, pattern: glob },
        ...languageIds.map((language) => ({ scheme, language })),
      ]),
    );
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.languages.registerCodeLensProvider(selector, this),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kmsExplorer.codeLens.enabled')) this.#changed.fire();
      }),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]> {
    if (!readSetting('kmsExplorer.codeLens.enabled', document.uri)) return [];
    const text = document.getText();
    const format = formatOf(document);
    if (format === undefined || text.length > longestText || !mayHoldCiphertext(text)) return [];
    const codec = await format.load();
    if (token.isCancellationRequested) return [];
    return readEntries(() => codec.parse(text))
      .filter(({ value, refusal }) => refusal === undefined && recogniseCiphertext(value) !== undefined)
      .flatMap((entry) => lensesOf(document, entry));
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** A file that is being typed often cannot be read; its lenses come back when it can. */
function readEntries(parse: () => readonly ValueEntry[]): readonly ValueEntry[] {
  try {
    return parse();
  } catch {
    return [];
  }
}

function lensesOf(document: vscode.TextDocument, { valueRange, keyRange }: ValueEntry): vscode.CodeLens[] {
  const start = document.positionAt((keyRange ?? valueRange).offset);
  const value = document.positionAt(valueRange.offset);
  const position = { uri: document.uri.toString(), line: value.line, character: value.character };
  const range = new vscode.Range(start, value);
  return [
    new vscode.CodeLens(range, commandLink(vscode.l10n.t('$(unlock) Decrypt'), 'kmsExplorer.decryptValue', position)),
    new vscode.CodeLens(range, { title: vscode.l10n.t('encrypted with KMS'), command: '' }),
  ];
}
