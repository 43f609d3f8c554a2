import { json } from '@codemirror/lang-json';
import { MergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { editorTheme } from './editorTheme.ts';

const diffTheme = EditorView.theme({
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--vscode-diffEditor-removedLineBackground)' },
  '&.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--vscode-diffEditor-insertedLineBackground)' },
  // High contrast themes have borders where the others have backgrounds.
  '&.cm-merge-a .cm-changedText': {
    background: 'var(--vscode-diffEditor-removedTextBackground)',
    outline: '1px dashed var(--vscode-diffEditor-removedTextBorder, transparent)',
  },
  '&.cm-merge-b .cm-changedText': {
    background: 'var(--vscode-diffEditor-insertedTextBackground)',
    outline: '1px dashed var(--vscode-diffEditor-insertedTextBorder, transparent)',
  },
  '&.cm-merge-a .cm-changedLineGutter': { background: 'var(--vscode-editorGutter-deletedBackground)' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--vscode-editorGutter-addedBackground)' },
});

/** Two policies side by side, the stored one left. Both sides are for reading only. */
export class PolicyDiff extends HTMLElement {
  #sides: readonly [stored: string, edited: string] = ['', ''];
  #view: MergeView | undefined;

  set sides(sides: readonly [stored: string, edited: string]) {
    if (sides[0] === this.#sides[0] && sides[1] === this.#sides[1]) return;
    this.#sides = sides;
    if (this.isConnected) this.#show();
  }

  connectedCallback(): void {
    this.#show();
  }

  disconnectedCallback(): void {
    this.#view?.destroy();
    this.#view = undefined;
  }

  #show(): void {
    this.#view?.destroy();
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.#view = new MergeView({
      root,
      parent: root,
      a: { doc: this.#sides[0], extensions: reading('Policy stored in KMS') },
      b: { doc: this.#sides[1], extensions: reading('Edited policy') },
      collapseUnchanged: { margin: 3, minSize: 6 },
    });
  }
}

function reading(label: string): Extension {
  return [
    lineNumbers(),
    json(),
    editorTheme,
    diffTheme,
    EditorView.lineWrapping,
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ 'aria-label': label }),
  ];
}

customElements.define('kms-policy-diff', PolicyDiff);
