import { commonEnds } from '../../../core/secrets/sops/editing/restoreEdits.ts';
import type { TextChange } from '../../../protocol/decryptedEditor.ts';

/** The one stretch in which two texts differ. It can be done and undone. */
export interface Replacement {
  readonly offset: number;
  readonly removed: string;
  readonly inserted: string;
}

export function replacementBetween(one: string, other: string): Replacement {
  const { before, after } = commonEnds(one, other);
  return { offset: before, removed: one.slice(before, one.length - after), inserted: other.slice(before, other.length - after) };
}

export function redo(text: string, { offset, removed, inserted }: Replacement): string {
  return text.slice(0, offset) + inserted + text.slice(offset + removed.length);
}

export function undo(text: string, { offset, removed, inserted }: Replacement): string {
  return text.slice(0, offset) + removed + text.slice(offset + inserted.length);
}

/** The text after changes that do not overlap and stand in their order; undefined when they are not of this text. */
export function applyChanges(text: string, changes: readonly TextChange[]): string | undefined {
  const parts: string[] = [];
  let done = 0;
  for (const { from, to, insert } of changes) {
    if (from < done || to < from || to > text.length) return undefined;
    parts.push(text.slice(done, from), insert);
    done = to;
  }
  return parts.join('') + text.slice(done);
}
