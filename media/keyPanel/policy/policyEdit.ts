import { formatPolicy, readPolicyDocument, type PolicyDocument } from '../../../src/core/policy/document.ts';
import type { PolicyDraft } from '../../../src/protocol/keyPanel.ts';
import type { RpcFailure } from '../../../src/protocol/rpc.ts';

/** How the edit of a key policy stands. */
export interface PolicyEdit {
  /** The stored policy the edit starts from, exactly as KMS gave it. */
  readonly base: string;
  /** The same, formatted: KMS keeps what it was sent, which is often one line. */
  readonly formattedBase: string;
  readonly text: string;
  readonly document: PolicyDocument;
  readonly step: 'editing' | 'reviewing' | 'saving';
  /** Why the last attempt to save failed. */
  readonly refusal: RpcFailure | undefined;
  /** What happened last, for the status line. */
  readonly notice: string | undefined;
}

/** Begins with the stored policy, or goes on with an edit from before, which keeps its own base. */
export function startEdit(stored: string, draft: PolicyDraft | null, notice?: string): PolicyEdit {
  const base = draft?.base ?? stored;
  const formattedBase = formatPolicy(base);
  const text = draft?.text ?? formattedBase;
  return { base, formattedBase, text, document: readPolicyDocument(text), step: 'editing', refusal: undefined, notice };
}

/** The edit with another text. What was said about the one before no longer holds. */
export function withText(edit: PolicyEdit, text: string): PolicyEdit {
  return { ...edit, text, document: readPolicyDocument(text), step: 'editing', refusal: undefined, notice: undefined };
}

export function isChanged({ text, formattedBase }: PolicyEdit): boolean {
  return text !== formattedBase;
}

/** Problems that make KMS refuse the text for certain. */
export function isBroken({ document }: PolicyEdit): boolean {
  return document.problems.some(({ kind }) => kind !== 'shape');
}

/** The edit as the host keeps it; null when there is nothing to lose. */
export function draftOf(edit: PolicyEdit): PolicyDraft | null {
  return isChanged(edit) ? { text: edit.text, base: edit.base } : null;
}
