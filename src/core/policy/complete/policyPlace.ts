import { getLocation } from 'jsonc-parser';
import { parseJsonText } from '../parse/jsonText.ts';
import type { Span } from '../parse/policyTree.ts';

/** What is being written at the cursor in the text of a policy, which may be half typed. */
export interface PolicyPlace {
  /** Whether the name of a member is written, and no value. */
  readonly isName: boolean;
  /**
   * The members around it, from the document down or, inside a statement, from the statement down. The numbers of
   * lists are left out, and so is the name that is being written.
   */
  readonly path: readonly string[];
  /** Which statement it is in, counted from zero. */
  readonly statement: number | undefined;
  /** The string or word that a completion replaces; empty when nothing is typed yet. */
  readonly span: Span;
  /** Whether a colon follows, so that a name already has its value. */
  readonly hasColon: boolean;
}

/** Where in the grammar of policies the cursor stands; undefined where nothing can be completed. */
export function policyPlace(text: string, offset: number): PolicyPlace | undefined {
  if (parseJsonText(text).tooDeepAt !== undefined) return undefined;
  const { path, isAtPropertyKey: isName, previousNode } = getLocation(text, offset);
  const isInside = previousNode !== undefined && previousNode.offset < offset && offset <= previousNode.offset + previousNode.length;
  const span = isInside && text[previousNode.offset] === '"' ? stringSpan(text, previousNode, offset) : wordSpan(text, offset);
  if (span === undefined || !isReady(text, span, isName)) return undefined;
  const around = isName ? path.slice(0, -1) : path;
  const names = around.filter((segment) => typeof segment === 'string');
  const isInStatement = names[0] === 'Statement' && (around.length > 1 || isName);
  const number = typeof around[1] === 'number' ? around[1] : 0;
  return {
    isName,
    path: isInStatement ? names.slice(1) : names,
    statement: isInStatement ? number : undefined,
    span,
    hasColon: /^\s*:/.test(text.slice(span.offset + span.length)),
  };
}

/** The whole string around the cursor. Without its closing quote it ends at the cursor, for the rest is not its own. */
function stringSpan(text: string, { offset: start, length }: Span, cursor: number): Span | undefined {
  const isClosed = length > 1 && text[start + length - 1] === '"';
  if (isClosed && cursor === start + length) return undefined;
  return { offset: start, length: isClosed ? length : cursor - start };
}

function wordSpan(text: string, cursor: number): Span {
  const [word = ''] = /[\w:*-]*$/.exec(lineBefore(text, cursor)) ?? [];
  const typed = word.startsWith(':') ? '' : word;
  return { offset: cursor - typed.length, length: typed.length };
}

function lineBefore(text: string, cursor: number): string {
  return text.slice(text.lastIndexOf('\n', cursor - 1) + 1, cursor);
}

/** Whether the text in front lets a name or a value follow. */
function isReady(text: string, { offset }: Span, isName: boolean): boolean {
  const before = text.slice(0, offset).trimEnd().at(-1) ?? '';
  return (isName ? '{,' : ':[,').includes(before) && before !== '';
}
