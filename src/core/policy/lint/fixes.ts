import type { Span, StatementNode } from '../parse/policyTree.ts';
import type { QuickFix } from './diagnostic.ts';

export function replaceFix(title: string, span: Span, text: string): QuickFix {
  return { title, edits: [{ offset: span.offset, length: span.length, text }] };
}

/** Adds a member behind the last one of a statement, in the layout of that. */
export function addMemberFix(title: string, text: string, statement: StatementNode, member: string): QuickFix | undefined {
  const { sid, effect, principal, notPrincipal, action, notAction, resource, notResource, condition } = statement;
  const members = [sid, effect, principal, notPrincipal, action, notAction, resource, notResource, condition];
  const ends = members.flatMap((each) => (each === undefined ? [] : [{ start: each.offset, end: each.offset + each.length }]));
  const last = ends.sort((one, other) => one.end - other.end).at(-1);
  if (last === undefined) return undefined;
  return { title, edits: [{ offset: last.end, length: 0, text: `,${gapBefore(text, last.start)}${member}` }] };
}

/** Adds a member or an element before another one, in the same layout. */
export function addBeforeFix(title: string, text: string, { offset }: Span, added: string): QuickFix {
  return { title, edits: [{ offset, length: 0, text: `${added},${gapBefore(text, offset)}` }] };
}

/** A line break with the indentation of what stands there, if that begins a line; otherwise a space. */
function gapBefore(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const indent = text.slice(lineStart, offset);
  return lineStart > 0 && /^[ \t]*$/.test(indent) ? `\n${indent}` : ' ';
}

/** The candidate that differs least from a text, if it differs by a few letters only. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  let best: string | undefined;
  let fewest = Math.min(4, Math.ceil(text.length / 3));
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) >= fewest) continue;
    const count = distance(lower, candidate.toLowerCase(), fewest);
    if (count < fewest) [best, fewest] = [candidate, count];
  }
  return best;
}

/** Letters to insert, leave out or change (Levenshtein 1966); the limit when it is reached on the way. */
function distance(one: string, other: string, limit: number): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    let fewest = i;
    for (let j = 1; j <= other.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const count = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      next.push(count);
      if (count < fewest) fewest = count;
    }
    if (fewest >= limit) return limit;
    row = next;
  }
  return row[other.length] ?? 0;
}
