import type { Span } from '../parse/policyTree.ts';

export type CompletionKind = 'element' | 'value' | 'action' | 'operator' | 'conditionKey' | 'principal';

/** Something to write at the cursor. */
export interface Completion {
  readonly kind: CompletionKind;
  /** What is typed to find it, without quotes. */
  readonly label: string;
  /** JSON that takes the place of what was typed. */
  readonly insert: string;
  /** Where in `insert` the cursor goes. */
  readonly cursor: number;
  /** A few words beside the label. */
  readonly detail: string;
  /** Sentences about it; empty when there is nothing more to say. */
  readonly documentation: string;
}

export interface Completions {
  /** What they replace. */
  readonly span: Span;
  /** The likeliest first. */
  readonly items: readonly Completion[];
}

interface Words {
  readonly detail?: string;
  readonly documentation?: string;
}

/** A completion that writes a text as a JSON string. */
export function textCompletion(kind: CompletionKind, text: string, { detail = '', documentation = '' }: Words = {}): Completion {
  const insert = JSON.stringify(text);
  return { kind, label: text, insert, cursor: insert.length, detail, documentation };
}

/** A completion that writes a member's name and, unless a value follows, the beginning of its value. */
export function nameCompletion(
  kind: CompletionKind,
  name: string,
  value: { readonly text: string; readonly hasColon: boolean; readonly isOpen?: boolean },
  { detail = '', documentation = '' }: Words = {},
): Completion {
  const quoted = JSON.stringify(name);
  const insert = value.hasColon ? quoted : `${quoted}: ${value.text}`;
  // An open name ends in a part of the writer's own, which comes first; otherwise the value does.
  const inName = quoted.length - 1;
  const inValue = value.text.length < 2 ? insert.length : insert.length - value.text.length / 2;
  const cursor = value.isOpen === true ? inName : value.hasColon ? quoted.length : inValue;
  return { kind, label: name, insert, cursor, detail, documentation };
}
