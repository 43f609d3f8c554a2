/** A stretch of a text. Both members count UTF-16 units, as VS Code's documents do. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

/** Replaces a stretch of a text; every other byte stays. */
export interface Edit extends TextRange {
  readonly text: string;
}

/**
 * One value of a configuration file.
 *
 * `encode` gives what to write over `valueRange` so that the file's reader gets `newValue`: in the style that stands
 * there, or in the nearest one that can hold it. It throws EDIT_REFUSED when the format cannot hold the value.
 */
export interface ValueEntry {
  /** From the outermost key to the innermost; a number is an index in a list. */
  readonly keyPath: readonly (string | number)[];
  /** Missing for an item of a list. */
  readonly keyRange: TextRange | undefined;
  /** The whole token with its quotes; of a YAML block scalar the header and the lines, without the last line break. */
  readonly valueRange: TextRange;
  /** What the file's reader gets; a number or a boolean as it is written. */
  readonly value: string;
  /** Why the value must not be replaced, as a whole sentence, when replacing it would change more than itself. */
  readonly refusal: string | undefined;
  encode(newValue: string): string;
}

/** The seam that all file formats share. */
export interface Codec {
  /** The values in the order of the text. Throws PARSE_ERROR with line and column, never with the text itself. */
  parse(text: string): readonly ValueEntry[];
}
