import { formatPolicy } from '../../../src/core/policy/formatPolicy.ts';
import { isBlocking } from '../../../src/core/policy/lint/blockingProblem.ts';
import type { Diagnostic, LintFacts } from '../../../src/core/policy/lint/diagnostic.ts';
import { lintPolicy } from '../../../src/core/policy/lint/lintPolicy.ts';
import type { PolicyReview } from '../../../src/core/policy/review/reviewPolicy.ts';
import { policyBytes } from '../../../src/core/policy/save/allowedText.ts';
import type { PolicyDraft } from '../../../src/protocol/keyPanel.ts';
import type { RpcFailure } from '../../../src/protocol/rpc.ts';

/** How the edit of a key policy stands. */
export interface PolicyEdit {
  /** The stored policy the edit starts from, exactly as KMS gave it. */
  readonly base: string;
  /** The same, formatted: KMS keeps what it was sent, which is often one line. */
  readonly formattedBase: string;
  readonly text: string;
  /** Bytes of UTF-8, which is what KMS counts. */
  readonly bytes: number;
  /** Of the lint, and of IAM Access Analyzer where it was asked about this text. */
  readonly diagnostics: readonly Diagnostic[];
  readonly analysis: PolicyAnswers;
  readonly step: 'editing' | 'reviewing' | 'saving';
  /** What the edit means, while it is reviewed and the key is known. */
  readonly review: PolicyReview | undefined;
  /** What was typed to confirm a lockout. */
  readonly typedName: string;
  /** Why the last attempt to save failed. */
  readonly refusal: RpcFailure | undefined;
  /** What happened last, for the status line. */
  readonly notice: string | undefined;
}

/** What IAM Access Analyzer said about a text; nothing before it was asked. */
export interface PolicyAnswers {
  readonly findings: readonly Diagnostic[];
  readonly publicAccess: readonly Diagnostic[];
  readonly isAsking: boolean;
  /** Why the last question failed. */
  readonly failure: RpcFailure | undefined;
}

const notAsked: PolicyAnswers = { findings: [], publicAccess: [], isAsking: false, failure: undefined };

/** Begins with the stored policy, or goes on with an edit from before, which keeps its own base. */
export function startEdit(stored: string, draft: PolicyDraft | null, facts: LintFacts, notice?: string): PolicyEdit {
  const base = draft?.base ?? stored;
  const formattedBase = formatPolicy(base);
  return { base, formattedBase, ...linted(draft?.text ?? formattedBase, facts), ...editing, notice };
}

const editing = { step: 'editing', review: undefined, typedName: '', refusal: undefined, notice: undefined } as const;

/** The edit with another text. What was said about the one before no longer holds. */
export function withText(edit: PolicyEdit, text: string, facts: LintFacts): PolicyEdit {
  return { ...edit, ...linted(text, facts), ...editing };
}

/** The edit as it looks once more is known of the key and the caller. */
export function withFacts(edit: PolicyEdit, facts: LintFacts): PolicyEdit {
  return { ...edit, ...linted(edit.text, facts, edit.analysis) };
}

/** The edit with what IAM Access Analyzer said about a text, if it is still that text. */
export function withAnswers(edit: PolicyEdit, text: string, answers: Partial<PolicyAnswers>, notice: string | undefined, facts: LintFacts): PolicyEdit {
  if (edit.text !== text) return edit;
  return { ...edit, ...linted(text, facts, { ...edit.analysis, isAsking: false, failure: undefined, ...answers }), notice };
}

function linted(text: string, facts: LintFacts, analysis = notAsked): Pick<PolicyEdit, 'text' | 'bytes' | 'diagnostics' | 'analysis'> {
  return { text, bytes: policyBytes(text), diagnostics: [...lintPolicy(text, facts), ...analysis.findings, ...analysis.publicAccess], analysis };
}

export function isChanged({ text, formattedBase }: PolicyEdit): boolean {
  return text !== formattedBase;
}

/** Problems that make KMS refuse the text for certain. */
export function isBroken({ diagnostics }: PolicyEdit): boolean {
  return diagnostics.some(isBlocking);
}

/** Whether saving would lock the caller out, as the engine or KMS itself says. */
export function isLockout({ review, refusal }: PolicyEdit): boolean {
  return review?.isLockout === true || refusal?.message.includes('will not allow you to update the key policy') === true;
}

/** The edit as the host keeps it; null when there is nothing to lose. */
export function draftOf(edit: PolicyEdit): PolicyDraft | null {
  return isChanged(edit) ? { text: edit.text, base: edit.base } : null;
}
