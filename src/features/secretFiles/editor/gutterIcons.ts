import * as vscode from 'vscode';
import { readSetting } from '../../shared/readSetting.ts';
import { encryptedLines } from './encryptedLines.ts';
import { isOwnEditor } from './ownEditors.ts';
import { secretFileSelector } from './parsedDocument.ts';

/** Changes and scrolling that come quickly are drawn once, this many milliseconds after the last of them. */
const pause = 120;
/** Lines above and below what is in sight, so that a little scrolling shows no bare lines. */
const margin = 40;

/** A small closed lock in the colour of the line numbers of VS Code's own themes. */
function lock(colour: string): vscode.Uri {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="none" stroke="${colour}" d="M5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2M4.5 7.5h7v5h-7z"/></svg>`;
  return vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`, true);
}

/** Marks lines that hold something encrypted with a lock beside their number, as far as they are in sight. */
export class GutterIcons implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable;
  readonly #drawn = new WeakSet<vscode.TextEditor>();
  #type: vscode.TextEditorDecorationType | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    const soon = () => { this.#drawSoon(); };
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeVisibleTextEditors(soon),
      vscode.window.onDidChangeTextEditorVisibleRanges(soon),
      vscode.window.tabGroups.onDidChangeTabs(soon),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isSecretFile(document)) soon();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kmsExplorer.gutterIcons.enabled')) soon();
      }),
    );
    soon();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    vscode.Disposable.from(this.#subscriptions, ...(this.#type === undefined ? [] : [this.#type])).dispose();
  }

  #drawSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
    }, pause);
  }

  #draw(editor: vscode.TextEditor): void {
    const ranges = gutterRanges(editor);
    if (ranges.length === 0 && !this.#drawn.has(editor)) return;
    this.#drawn.add(editor);
    this.#type ??= vscode.window.createTextEditorDecorationType({
      gutterIconSize: 'contain',
      light: { gutterIconPath: lock('#237893') },
      dark: { gutterIconPath: lock('#858585') },
    });
    editor.setDecorations(this.#type, ranges);
  }
}

/** Where the locks of an editor stand; nowhere in sides of comparisons, other people's documents, and when they are off. */
export function gutterRanges(editor: vscode.TextEditor): readonly vscode.Range[] {
  const { document, visibleRanges } = editor;
  if (!isSecretFile(document) || !isOwnEditor(editor) || !readSetting('kmsExplorer.gutterIcons.enabled', document.uri)) return [];
  return visibleRanges.flatMap(({ start, end }) => {
    const first = Math.max(0, start.line - margin);
    const last = Math.min(document.lineCount - 1, end.line + margin);
    const lines = Array.from({ length: last - first + 1 }, (_, index) => document.lineAt(first + index).text);
    return encryptedLines(lines).map((index) => new vscode.Range(first + index, 0, first + index, 0));
  });
}

function isSecretFile(document: vscode.TextDocument): boolean {
  return vscode.languages.match(secretFileSelector, document) > 0;
}
