import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState, Transaction } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import type { PolicyProblem } from '../../src/core/policy/document.ts';
import { editorTheme } from './editorTheme.ts';

/** About what the buttons and problems cover at the bottom of the window, in pixels: the cursor stays above them. */
const dockHeight = 110;

/**
 * An editor for the JSON of a policy. Its text goes in and out through `text`; every change of the user's is told by
 * the event `policy-edit`. It lives in a shadow root, where CodeMirror's styles need no leave of the content policy.
 */
export class PolicyEditor extends HTMLElement {
  readonly #editable = new Compartment();
  readonly #view: EditorView;
  #setting = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    this.#view = new EditorView({
      root,
      parent: root,
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        drawSelection(),
        history(),
        json(),
        indentUnit.of('  '),
        indentOnInput(),
        bracketMatching(),
        editorTheme,
        EditorView.lineWrapping,
        EditorView.scrollMargins.of(() => ({ bottom: dockHeight })),
        EditorView.contentAttributes.of({ 'aria-label': 'Key policy as JSON' }),
        // Tab is left to move the focus, so that the keyboard is not caught in the editor.
        keymap.of([...defaultKeymap, ...historyKeymap]),
        this.#editable.of(editability(false)),
        EditorView.updateListener.of(({ docChanged }) => {
          if (docChanged && !this.#setting) this.dispatchEvent(new CustomEvent('policy-edit'));
        }),
      ],
    });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Takes another text as one step that can be undone, but for the first; the same text leaves cursor and history alone. */
  set text(text: string) {
    if (text === this.text) return;
    const { length } = this.#view.state.doc;
    this.#setting = true;
    this.#view.dispatch({
      changes: { from: 0, to: length, insert: text },
      annotations: Transaction.addToHistory.of(length > 0),
    });
    this.#setting = false;
  }

  set readOnly(readOnly: boolean) {
    this.#view.dispatch({ effects: this.#editable.reconfigure(editability(readOnly)) });
  }

  set problems(problems: readonly PolicyProblem[]) {
    const end = this.#view.state.doc.length;
    const diagnostics = problems.map(({ kind, message, offset, length }): Diagnostic => ({
      from: Math.min(offset, end),
      to: Math.min(offset + length, end),
      severity: kind === 'shape' ? 'warning' : 'error',
      message,
    }));
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  /** Puts the cursor at an offset and shows it. */
  show(offset: number): void {
    const anchor = Math.min(offset, this.#view.state.doc.length);
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    this.#view.focus();
  }
}

function editability(readOnly: boolean): ReturnType<typeof EditorState.readOnly.of>[] {
  return [EditorState.readOnly.of(readOnly)];
}

customElements.define('kms-policy-editor', PolicyEditor);
