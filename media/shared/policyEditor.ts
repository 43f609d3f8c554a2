import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { completionKeymap } from '@codemirror/autocomplete';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type SelectionRange, Transaction } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import type { Diagnostic, LintFacts, TextEdit } from '../../src/core/policy/lint/diagnostic.ts';
import { editorBase } from './editorBase.ts';
import { findInEditor } from './findInEditor.ts';
import { policyAssistance, toCodeMirror } from './policyAssistance.ts';

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
  #shown: readonly Diagnostic[] = [];
  /** What completion knows of the key and the caller. */
  facts: LintFacts = {};
  /** Gives the facts with the users and roles of the account, where somebody can be asked. */
  askPrincipals: (() => Promise<LintFacts>) | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    this.#view = new EditorView({
      root,
      parent: root,
      extensions: [
        editorBase,
        history(),
        json(),
        indentUnit.of('  '),
        indentOnInput(),
        bracketMatching(),
        policyAssistance({ facts: () => this.facts, askPrincipals: () => this.askPrincipals?.() }),
        EditorView.lineWrapping,
        EditorView.scrollHandler.of(keepAboveDock),
        EditorView.contentAttributes.of({ 'aria-label': 'Key policy as JSON' }),
        findInEditor,
        // Tab is left to move the focus, so that the keyboard is not caught in the editor.
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
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

  /** Marks what the lint says about the text as it is now. */
  set diagnostics(diagnostics: readonly Diagnostic[]) {
    if (diagnostics === this.#shown) return;
    this.#shown = diagnostics;
    const { doc } = this.#view.state;
    // Edits are of the text that was looked at, and of no other.
    const mend = (edits: readonly TextEdit[]): void => {
      if (this.#view.state.doc === doc) this.apply(edits);
    };
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics.map((each) => toCodeMirror(each, doc.length, mend))));
  }

  /** Makes edits of the present text as one step that can be undone, and shows the first of them. */
  apply(edits: readonly TextEdit[]): void {
    const [first] = edits;
    if (first === undefined) return;
    this.#view.dispatch({
      changes: edits.map(({ offset, length, text }) => ({ from: offset, to: offset + length, insert: text })),
      effects: EditorView.scrollIntoView(first.offset, { y: 'center' }),
      userEvent: 'input.mend',
    });
  }

  /** Puts the cursor at an offset and shows it. */
  show(offset: number): void {
    const anchor = Math.min(offset, this.#view.state.doc.length);
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    this.#view.focus();
  }
}

/**
 * Scrolls on when the cursor would end up under the dock. CodeMirror's own scroll margins would do that as well, but it
 * takes what lies in them for out of sight, and shows no list and no tooltip there.
 */
function keepAboveDock(view: EditorView, { head }: SelectionRange): boolean {
  view.requestMeasure({
    read: () => (view.coordsAtPos(head)?.bottom ?? 0) - (window.innerHeight - dockHeight),
    write: (covered) => {
      if (covered > 0) window.scrollBy(0, covered);
    },
  });
  return false;
}

function editability(readOnly: boolean): ReturnType<typeof EditorState.readOnly.of>[] {
  return [EditorState.readOnly.of(readOnly)];
}

customElements.define('kms-policy-editor', PolicyEditor);
