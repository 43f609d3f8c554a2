import { replacementBetween, type Replacement } from './replacement.ts';

/**
 * How long one step of undo may take in the typing of it, in milliseconds. VS Code backs a document up a second after
 * a step began, and must find the whole of it.
 */
const longestGroup = 800;

/** One step of undo, which grows while its group is open. */
export interface EditStep {
  replacement: Replacement;
}

/** Gathers what is typed quickly in one place into one step of undo. */
export class EditGroups {
  readonly #clock: () => number;
  #open: { readonly step: EditStep; readonly before: string; readonly since: number } | undefined;

  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  /** The new step that a change begins; undefined when it belongs to the one before. */
  add(before: string, after: string): EditStep | undefined {
    const replacement = replacementBetween(before, after);
    const now = this.#clock();
    const open = this.#open;
    if (open !== undefined && now - open.since < longestGroup && touches(open.step.replacement, replacement)) {
      open.step.replacement = replacementBetween(open.before, after);
      return undefined;
    }
    const step: EditStep = { replacement };
    this.#open = { step, before, since: now };
    return step;
  }

  /** The next change is a step of its own. */
  close(): void {
    this.#open = undefined;
  }
}

/** Whether a change of the text after a replacement is in or right beside what that inserted. */
function touches({ offset, inserted }: Replacement, next: Replacement): boolean {
  return next.offset <= offset + inserted.length && next.offset + next.removed.length >= offset;
}
