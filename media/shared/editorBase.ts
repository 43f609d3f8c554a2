import type { Extension } from '@codemirror/state';
import { drawSelection, highlightActiveLine, highlightActiveLineGutter, lineNumbers } from '@codemirror/view';
import { editorTheme } from './editorTheme.ts';

/** What every editor of a panel looks like. */
export const editorBase: Extension = [lineNumbers(), highlightActiveLine(), highlightActiveLineGutter(), drawSelection(), editorTheme];
