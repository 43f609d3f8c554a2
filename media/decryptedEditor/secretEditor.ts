import { defaultKeymap } from '@codemirror/commands';
import { setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import type { DecryptedText, TextChange } from '../../src/protocol/decryptedEditor.ts';
import { editorBase } from '../shared/editorBase.ts';
import { findInEditor } from '../shared/findInEditor.ts';
import { fileLanguage } from './fileLanguage.ts';

/** Marks what the host changed, which it need not be told. */
const fromHost = Annotation.define<true>();

const fullHeight = EditorView.theme({ '&': { height: '100%' }, '.cm-scroller': { overflow: 'auto' } });

/**
 * An editor for the text of a file. It keeps no history: VS Code keeps the steps of undo, so that its menu and its dirty
 * mark are right. It lives in a shadow root, where CodeMirror's styles need no leave of the content policy.
 */
export class SecretEditor extends HTMLElement {
  readonly #editable = new Compartment();
  readonly #language = new Compartment();
  readonly #view: EditorView;
  #format: DecryptedText['format'] | undefined;
  /** Told of each change of the user's. */
  onEdit: (changes: readonly TextChange[]) => void = () => undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    this.#view = new EditorView({
      root,
      parent: root,
      extensions: [
        editorBase,
        // Carriage returns of a file with both kinds of line breaks are characters of its lines.
        EditorState.lineSeparator.of('\n'),
        EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, '\n')),
        EditorView.contentAttributes.of({ 'aria-label': 'Decrypted text of the file' }),
        findInEditor,
        keymap.of(defaultKeymap),
        fullHeight,
        this.#editable.of(EditorState.readOnly.of(true)),
        this.#language.of([]),
        EditorView.updateListener.of(({ docChanged, changes, transactions }) => {
          if (!docChanged || transactions.some((each) => each.annotation(fromHost) === true)) return;
          const told: TextChange[] = [];
          changes.iterChanges((from, to, _start, _end, inserted) => told.push({ from, to, insert: inserted.toString() }));
          this.onEdit(told);
        }),
      ],
    });
    this.style.overflow = 'hidden';
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Takes what the host has; the cursor stays where the text around it is the same. */
  show({ text, format, failure, readOnly }: DecryptedText): void {
    const effects = [this.#editable.reconfigure(EditorState.readOnly.of(failure !== null || readOnly !== null))];
    if (format !== this.#format) effects.push(this.#language.reconfigure(fileLanguage(format)));
    this.#format = format;
    this.#view.dispatch({ changes: changeTo(this.text, text), effects, annotations: fromHost.of(true) });
  }

  /** Marks a problem from an offset to the end of its line, and no other. */
  mark(problem: { readonly offset: number; readonly message: string } | undefined): void {
    const { doc } = this.#view.state;
    const from = Math.min(problem?.offset ?? 0, doc.length);
    const found = problem === undefined ? [] : [{ from, to: doc.lineAt(from).to, severity: 'error' as const, message: problem.message }];
    this.#view.dispatch(setDiagnostics(this.#view.state, found));
  }

  goTo(offset: number): void {
    const anchor = Math.min(offset, this.#view.state.doc.length);
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    this.#view.focus();
  }

  override focus(): void {
    this.#view.focus();
  }
}

/** The one stretch that differs. */
function changeTo(before: string, after: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

customElements.define('kms-secret-editor', SecretEditor);
