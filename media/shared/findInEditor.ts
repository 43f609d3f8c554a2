import { search, searchKeymap } from '@codemirror/search';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

/** The colours of VS Code's own find widget. */
const theme = EditorView.theme({
  '.cm-panels': {
    color: 'var(--vscode-editorWidget-foreground)',
    backgroundColor: 'var(--vscode-editorWidget-background)',
    borderBottom: '1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent))',
    zIndex: '2',
  },
  '.cm-panel.cm-search': { fontFamily: 'var(--vscode-font-family)', fontSize: 'var(--vscode-font-size)', padding: '6px 28px 6px 8px' },
  '.cm-panel.cm-search label': { fontSize: 'inherit' },
  '.cm-textfield': {
    color: 'var(--vscode-input-foreground)',
    backgroundColor: 'var(--vscode-input-background)',
    border: '1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent))',
    fontSize: 'inherit',
    padding: '3px 6px',
  },
  '.cm-textfield:focus-visible, .cm-panel button:focus-visible, .cm-panel input:focus-visible': { outline: '1px solid var(--vscode-focusBorder)' },
  '.cm-button': {
    color: 'var(--vscode-button-secondaryForeground)',
    background: 'var(--vscode-button-secondaryBackground)',
    border: '1px solid var(--vscode-contrastBorder, transparent)',
    borderRadius: '2px',
    fontSize: 'inherit',
    padding: '3px 8px',
  },
  '.cm-button:hover': { background: 'var(--vscode-button-secondaryHoverBackground)' },
  '.cm-panel.cm-search [name=close]': { color: 'inherit', cursor: 'pointer', fontSize: '16px', padding: '4px 8px' },
  '.cm-searchMatch': {
    backgroundColor: 'var(--vscode-editor-findMatchHighlightBackground)',
    outline: '1px solid var(--vscode-editor-findMatchHighlightBorder, transparent)',
  },
  '.cm-searchMatch-selected': {
    backgroundColor: 'var(--vscode-editor-findMatchBackground)',
    outline: '1px solid var(--vscode-editor-findMatchBorder, transparent)',
  },
});

/** Ctrl+F and what goes with it, over the text. The widget of VS Code finds only what a view has drawn, which of a long text is a few lines. */
export const findInEditor: Extension = [search({ top: true }), keymap.of(searchKeymap), theme];
