import type { RpcEvent, RpcFailure } from './rpc.ts';

/** Replaces a stretch of a text. Offsets count UTF-16 units of the text before all changes of the same message. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** A file as the editor of decrypted files shows it. Its lines end in a line feed, whatever the file has. */
export interface DecryptedText {
  readonly text: string;
  /** Counts every change, so that an edit of another text than this one is noticed. */
  readonly revision: number;
  readonly format: 'yaml' | 'json' | 'dotenv' | 'ini' | 'binary';
  /** Why the file cannot be decrypted; then the text is the encrypted one. */
  readonly failure: RpcFailure | null;
  /** Why the text cannot be changed, as a sentence. */
  readonly readOnly: string | null;
  /** The file changed on the disk, and there are unsaved changes here. */
  readonly conflict: boolean;
}

/** What the editor's view asks its host for. */
export interface DecryptedEditorMethods {
  /** Decrypts the file with the first question; afterwards tells how it stands. */
  open: { params: null; result: DecryptedText };
  /** Fails with DOCUMENT_CHANGED when the host has another revision. */
  edit: { params: { readonly revision: number; readonly changes: readonly TextChange[] }; result: null };
  /** Tries to decrypt again. */
  retry: { params: null; result: DecryptedText };
  /** Ends a conflict: what was edited here is saved over the file on the disk, or the file is loaded. */
  resolve: { params: { readonly keep: 'edits' | 'file' }; result: DecryptedText };
  /** Shows the encrypted file in the editor for text. */
  openAsText: { params: null; result: null };
}

export type DecryptedEditorEvent = RpcEvent<'textChanged'>;
