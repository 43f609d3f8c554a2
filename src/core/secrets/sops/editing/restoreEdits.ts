import type { Edit } from '../../codec.ts';
import { lineBreakOf } from '../../textPosition.ts';
import { applyEditsTo } from '../../transform.ts';

/** What two texts have in common at their ends, in UTF-16 units; the two never overlap. */
export interface CommonEnds {
  readonly before: number;
  readonly after: number;
}

export function commonEnds(one: string, other: string): CommonEnds {
  const shorter = Math.min(one.length, other.length);
  let after = 0;
  while (after < shorter && one.charCodeAt(one.length - 1 - after) === other.charCodeAt(other.length - 1 - after)) after += 1;
  let before = 0;
  while (before < shorter - after && one.charCodeAt(before) === other.charCodeAt(before)) before += 1;
  return { before, after };
}

/**
 * Takes edits back in a text that was changed after them: `edits` made `made` of `original`, and somebody made `changed`
 * of that. In every line that was left alone, what stood in the original stands there again; a stretch that an edit cut
 * out comes back where its place was left alone.
 */
export function restoreEdits(original: string, edits: readonly Edit[], made: string, changed: string): string {
  const ends = commonEnds(made, changed);
  const linesBefore = made.slice(0, ends.before).lastIndexOf('\n') + 1;
  const linesAfter = wholeLinesAfter(made, changed, ends.after);
  const restored: Edit[] = [];
  let shift = 0;
  for (const { offset, length, text } of [...edits].sort((a, b) => a.offset - b.offset)) {
    const start = offset + shift;
    const end = start + text.length;
    const isCut = text === '';
    shift += text.length - length;
    const toEnd = made.length - start;
    const isAfter = toEnd <= (isCut ? ends.after : linesAfter);
    if (!isAfter && end > (isCut ? ends.before : linesBefore)) continue;
    const at = isAfter ? changed.length - toEnd : start;
    // What was cut out as lines of its own is put back as such.
    const gap = isCut && isLineStart(original, offset) && !isLineStart(changed, at) ? lineBreakOf(original) : '';
    restored.push({ offset: at, length: text.length, text: gap + original.slice(offset, offset + length) });
  }
  return applyEditsTo(changed, restored);
}

/** How much of the common end are lines that both texts have whole. */
function wholeLinesAfter(made: string, changed: string, after: number): number {
  if (isLineStart(made, made.length - after) && isLineStart(changed, changed.length - after)) return after;
  const firstBreak = made.indexOf('\n', made.length - after);
  return firstBreak === -1 ? 0 : made.length - firstBreak - 1;
}

function isLineStart(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n';
}
