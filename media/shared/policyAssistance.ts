import { autocompletion, startCompletion, type Completion as CodeMirrorCompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import type { Diagnostic as CodeMirrorDiagnostic } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { hoverTooltip, type EditorView } from '@codemirror/view';
import { completePolicy } from '../../src/core/policy/complete/completePolicy.ts';
import type { Completion, Completions } from '../../src/core/policy/complete/completion.ts';
import { hoverPolicy, type Hover } from '../../src/core/policy/complete/hoverPolicy.ts';
import type { Diagnostic, LintFacts, TextEdit } from '../../src/core/policy/lint/diagnostic.ts';

/** What completion knows, and whom it asks for more when it comes to principals. */
export interface AssistanceFacts {
  readonly facts: () => LintFacts;
  readonly askPrincipals: () => Promise<LintFacts> | undefined;
}

/** The list does not wait longer for the users and roles of the account, in milliseconds. What comes later is in the next list. */
const patience = 400;

/** Completion and hover of the policy engine as CodeMirror wants them. */
export function policyAssistance(known: AssistanceFacts): Extension {
  return [
    autocompletion({ override: [(context) => completions(context, known)], icons: false, activateOnTypingDelay: 50 }),
    hoverTooltip((view, offset) => {
      const hover = hoverPolicy(view.state.doc.toString(), offset);
      if (hover === undefined) return null;
      const { span } = hover;
      return { pos: span.offset, end: span.offset + span.length, create: () => ({ dom: hoverCard(hover) }) };
    }),
  ];
}

async function completions(context: CompletionContext, { facts, askPrincipals }: AssistanceFacts): Promise<CompletionResult | null> {
  const { state, pos, explicit } = context;
  const text = state.doc.toString();
  const found = completePolicy(text, pos, facts());
  if (found === undefined) return null;
  const { offset, length } = found.span;
  const isString = state.sliceDoc(offset, offset + 1) === '"';
  if (!explicit && !isString && length === 0 && context.matchBefore(/[\w"]/) === null) return null;
  if (!found.items.some(({ kind }) => kind === 'principal')) return result(context, found);
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patience));
  const more = await Promise.race([askPrincipals(), late]);
  return result(context, (more === undefined ? undefined : completePolicy(text, pos, more)) ?? found);
}

function result({ state, pos }: CompletionContext, { span: { offset, length }, items }: Completions): CompletionResult {
  const isString = state.sliceDoc(offset, offset + 1) === '"';
  // What is typed is compared without its quote.
  const from = Math.min(pos, offset + (isString ? 1 : 0));
  const behind = offset + length - pos;
  return { from, options: items.map((item, index) => option(item, offset, behind, -index)), validFor: /^[\w:*/.-]*$/ };
}

function option({ label, insert, cursor, detail, documentation, kind }: Completion, start: number, behind: number, rank: number): CodeMirrorCompletion {
  return {
    label,
    detail,
    // Between two that fit equally well the likelier comes first; CodeMirror takes -99 to 99.
    boost: Math.max(-99, rank),
    ...(documentation === '' ? {} : { info: documentation }),
    apply: (view: EditorView, _completion: CodeMirrorCompletion, _from: number, to: number) => {
      view.dispatch({ changes: { from: start, to: to + behind, insert }, selection: { anchor: start + cursor }, userEvent: 'input.complete' });
      // A name that was written with the beginning of its value asks for the value next.
      if (cursor < insert.length && kind !== 'conditionKey') startCompletion(view);
    },
  };
}

function hoverCard({ title, sentences, link }: Hover): HTMLElement {
  const card = document.createElement('div');
  card.className = 'policy-hover';
  const heading = document.createElement('strong');
  heading.textContent = title;
  const text = document.createElement('p');
  text.textContent = sentences.join(' ');
  card.append(heading, text, pageLink('AWS documentation', link));
  return card;
}

function pageLink(text: string, href: string): HTMLElement {
  const link = document.createElement('a');
  link.href = href;
  link.textContent = text;
  return link;
}

/** A finding of the lint as CodeMirror marks it, with its quick fix. */
export function toCodeMirror(diagnostic: Diagnostic, end: number, apply: (edits: readonly TextEdit[]) => void): CodeMirrorDiagnostic {
  const { code, severity, message, offset, length, link, fix } = diagnostic;
  return {
    from: Math.min(offset, end),
    to: Math.min(offset + length, end),
    severity: severity === 'information' ? 'info' : severity,
    message,
    renderMessage: () => {
      const text = document.createElement('span');
      text.append(`${message} `, pageLink(code, link));
      return text;
    },
    ...(fix === undefined ? {} : { actions: [{ name: fix.title, apply: () => { apply(fix.edits); } }] }),
  };
}
